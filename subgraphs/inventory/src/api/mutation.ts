import { requireOperator, requireViewer, textProblem } from '@holdfast/service';
import type { MutationResolvers, ReceiveStockInput } from './resolver-types.generated.ts';

export const mutation: MutationResolvers = {
  upsertProducts: (_root, { input }, { app, viewer, traceparent }) => {
    requireOperator(viewer);
    return app.upsertProducts(input, traceparent);
  },

  upsertFacilities: (_root, { input }, { app, viewer }) => {
    requireOperator(viewer);
    return app.upsertFacilities(input);
  },

  receiveStock: (_root, { input }, { app, viewer }) => {
    requireOperator(viewer);
    return app.changeStock({
      ...input,
      kind: 'RECEIVED',
      reason: input.reason ?? null,
      lines: linesOf(input),
    });
  },

  adjustStock: (_root, { input }, { app, viewer }) => {
    requireOperator(viewer);
    return app.changeStock({ ...input, kind: 'ADJUSTED', lines: linesOf(input) });
  },

  inventoryRedriveParked: (_root, { ids }, { app, viewer }) =>
    app.redriveParked(ids, requireOperator(viewer).customerId),

  inventoryDiscardParked: (_root, { ids, reason }, { app, viewer }) => {
    const { customerId } = requireOperator(viewer);
    const problem = textProblem(reason, ['reason']);
    return problem === null
      ? app.discardParked(ids, customerId, reason)
      : { changed: 0, alreadyHandled: [], problems: [problem] };
  },

  inventoryHoldConsumer: (_root, { seconds }, { app, viewer }) => {
    requireOperator(viewer);
    return app.holdConsumer(seconds);
  },

  confirmOrder: async (_root, { orderId }, { app, viewer, traceparent }) => {
    const problem = await app.confirmOrder(orderId, requireViewer(viewer), traceparent);
    return problem === null ? { order: { id: orderId }, problems: [] } : { order: null, problems: [problem] };
  },

  extendHold: async (_root, { orderId, minutes }, { app, viewer, traceparent }) => {
    const problem = await app.extendHold(orderId, minutes, requireViewer(viewer), traceparent);
    return problem === null ? { order: { id: orderId }, problems: [] } : { order: null, problems: [problem] };
  },
};

/** The schema's own default, which generated types cannot know of. */
const linesOf = ({ lines }: Pick<ReceiveStockInput, 'lines'>) =>
  lines.map((line) => ({ ...line, zone: line.zone ?? 'PRIMARY' }));
