import { requireOperator, requireViewer, textProblem } from '@holdfast/service';
import { orOverloaded } from './errors.ts';
import type { MutationResolvers } from './resolver-types.generated.ts';

export const mutation: MutationResolvers = {
  placeOrder: async (_root, { input }, { app, viewer, traceparent }) => {
    const result = await orOverloaded(app.placeOrder(input, requireViewer(viewer), traceparent));
    return 'order' in result
      ? { order: result.order, problems: [] }
      : { order: null, problems: result.problems };
  },

  cancelOrder: (_root, { input }, { app, viewer, traceparent }) =>
    orOverloaded(app.cancelOrder(input, requireViewer(viewer), traceparent)),

  shipOrder: (_root, { orderId }, { app, viewer, traceparent }) => {
    requireOperator(viewer);
    return app.shipOrder(orderId, traceparent);
  },

  deliverOrder: (_root, { orderId }, { app, viewer, traceparent }) => {
    requireOperator(viewer);
    return app.deliverOrder(orderId, traceparent);
  },

  ordersRedriveParked: (_root, { ids }, { app, viewer }) =>
    app.redriveParked(ids, requireOperator(viewer).customerId),

  ordersDiscardParked: (_root, { ids, reason }, { app, viewer }) => {
    const { customerId } = requireOperator(viewer);
    const problem = textProblem(reason, ['reason']);
    return problem === null
      ? app.discardParked(ids, customerId, reason)
      : { changed: 0, alreadyHandled: [], problems: [problem] };
  },
};
