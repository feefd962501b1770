import type { ReservationResolvers } from './resolver-types.generated.ts';

export const reservation: ReservationResolvers = {
  allocations: ({ orderId }, _arguments, { loaders }) => loaders.allocations.load(orderId),
};
