import { present } from './errors.ts';
import type { AllocationResolvers } from './resolver-types.generated.ts';

export const allocation: AllocationResolvers = {
  product: async ({ sku }, _arguments, { loaders }) => present(await loaders.product.load(sku), sku),
  facility: async ({ facilityId }, _arguments, { loaders }) =>
    present(await loaders.facility.load(facilityId), facilityId),
};
