import type { ProductResolvers } from './resolver-types.generated.ts';

/** A product as far as orders is concerned; the rest of it is inventory's. */
export interface ProductReference {
  readonly sku: string;
}

export const product: ProductResolvers = {
  __resolveReference: ({ sku }) => ({ sku }),
  orderPrice: ({ sku }, _arguments, { loaders }) => loaders.price.load(sku),
};
