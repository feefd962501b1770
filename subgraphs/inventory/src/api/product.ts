import { requireOperator } from '@holdfast/service';
import type { ProductResolvers } from './resolver-types.generated.ts';

export const product: ProductResolvers = {
  __resolveReference: ({ sku }, { loaders }) => loaders.product.load(sku),
  available: async ({ sku }, _arguments, { loaders }) => (await loaders.availability.load(sku)).available,
  availableVersion: async ({ sku }, _arguments, { loaders }) =>
    (await loaders.availability.load(sku)).availableVersion,
  stock: ({ sku }, _arguments, { viewer, loaders }) => {
    requireOperator(viewer);
    return loaders.stockOfProduct.load(sku);
  },
};
