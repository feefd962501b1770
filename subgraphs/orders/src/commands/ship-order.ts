import { advanceOrder, type AdvanceOrderParts, type AdvanceOrderResult } from './advance-order.ts';

/**
 * Hands a RESERVED order to fulfilment, with the fact OrderShipping. A reservation that has an end must be confirmed first,
 * else NOT_CONFIRMED; every other state is NOT_SHIPPABLE, but of one that ships or was delivered nothing changes.
 */
export const shipOrder = (
  parts: AdvanceOrderParts,
  orderId: string,
  traceparent: string | null,
): Promise<AdvanceOrderResult> =>
  advanceOrder(
    parts,
    orderId,
    'Ship',
    ({ code, ...rejection }) =>
      code === 'NOT_CONFIRMED'
        ? 'The stock of the order is held for a while only; confirm the order before it ships'
        : `The order is ${'status' in rejection ? rejection.status : 'not placed'} and cannot be shipped`,
    traceparent,
  );
