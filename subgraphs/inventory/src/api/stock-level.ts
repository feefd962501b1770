import { available } from '../domain/stock.ts';
import { present } from './errors.ts';
import type { StockLevelResolvers } from './resolver-types.generated.ts';

export const stockLevel: StockLevelResolvers = {
  product: async ({ sku }, _arguments, { loaders }) => present(await loaders.product.load(sku), sku),
  facility: async ({ facilityId }, _arguments, { loaders }) =>
    present(await loaders.facility.load(facilityId), facilityId),
  available: (level) => available(level),
};
