import type { OrderResolvers } from './resolver-types.generated.ts';

/** An order as far as inventory is concerned; the rest of it is the orders service's. */
export interface OrderReference {
  readonly id: string;
}

export const order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  reservation: ({ id }, _arguments, { loaders }) => loaders.reservation.load(id),
};
