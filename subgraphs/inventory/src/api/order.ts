import { requireOperator } from '@holdfast/service';
import type { OrderResolvers } from './resolver-types.generated.ts';

/** An order as far as inventory is concerned; the rest of it is the orders service's. */
export interface OrderReference {
  readonly id: string;
}

export const order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  reservationFacts: ({ id }, _arguments, { loaders, viewer }) => {
    requireOperator(viewer);
    return loaders.reservationFacts.load(id);
  },
  reservation: ({ id }, _arguments, { loaders }) => loaders.reservation.load(id),
};
