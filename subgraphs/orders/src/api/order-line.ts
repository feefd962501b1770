import type { OrderLineResolvers } from './resolver-types.generated.ts';

export const orderLine: OrderLineResolvers = {
  product: ({ sku }) => ({ sku }),
};
