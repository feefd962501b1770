import type { ReservationResolvers } from './resolver-types.generated.ts';

export const reservation: ReservationResolvers = {
  order: ({ orderId }) => ({ id: orderId }),
  allocations: ({ orderId }, _arguments, { loaders }) => loaders.allocations.load(orderId),
};
