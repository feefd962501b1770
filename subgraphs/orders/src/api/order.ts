import { requireOperator } from '@holdfast/service';
import type { OrderResolvers } from './resolver-types.generated.ts';

export const order: OrderResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.order.load(id),
  lines: (order, _arguments, { loaders }) => order.lines ?? loaders.lines.load(order.id),
  facts: ({ id }, _arguments, { loaders, viewer }) => {
    requireOperator(viewer);
    return loaders.facts.load(id);
  },
  events: (order, { after }, { loaders }) => loaders.events.load({ orderId: order.id, after: after ?? 0 }),
};
