import { advanceOrder, type AdvanceOrderParts, type AdvanceOrderResult } from './advance-order.ts';

/**
 * Ends a SHIPPING order as DELIVERED, with the fact OrderDelivered. Every other state is NOT_DELIVERABLE, but of a DELIVERED
 * one nothing changes.
 */
export const deliverOrder = (
  parts: AdvanceOrderParts,
  orderId: string,
  traceparent: string | null,
): Promise<AdvanceOrderResult> =>
  advanceOrder(
    parts,
    orderId,
    'Deliver',
    (rejection) =>
      `The order is ${'status' in rejection ? rejection.status : 'not placed'} and cannot be delivered`,
    traceparent,
  );
