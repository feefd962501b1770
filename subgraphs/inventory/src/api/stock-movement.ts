import type { StockMovementResolvers } from './resolver-types.generated.ts';

export const stockMovement: StockMovementResolvers = {
  // Customers see the ledger, but not whose order moved it, unless it was their own.
  orderId: async ({ orderId }, _arguments, { loaders, viewer }) => {
    if (orderId === null || viewer?.isOperator) return orderId;
    return (await loaders.reservation.load(orderId)) === null ? null : orderId;
  },
};
