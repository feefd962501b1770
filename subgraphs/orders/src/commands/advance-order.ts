import { commandTransaction, newEventId, type Database } from '@holdfast/messaging';
import type { Logger, Problem } from '@holdfast/service';
import { isOrderId } from '../domain/order-id.ts';
import { decide, type OrderRejection } from '../domain/order.ts';
import { readOrders, type OrderView } from '../queries/order-view.ts';
import { gatherOrderChanges } from '../store/order-changes.ts';
import { lockOrders } from '../store/orders.ts';

export interface AdvanceOrderParts {
  readonly database: Database;
  /** Called after the commit. */
  readonly wake: () => void;
  readonly log: Logger;
}

export interface AdvanceOrderResult {
  /** Null only with ORDER_NOT_FOUND. */
  readonly order: OrderView | null;
  readonly problems: readonly Problem[];
}

/**
 * Takes one order a step further on an operator's word: row and fact in one transaction. Safe to repeat: an order that is
 * already so is given back unchanged. What the order's state does not allow is refused in the words of `refusal`.
 */
export async function advanceOrder(
  { database, wake, log }: AdvanceOrderParts,
  id: string,
  type: 'Ship' | 'Deliver',
  refusal: (rejection: OrderRejection) => string,
  traceparent: string | null,
): Promise<AdvanceOrderResult> {
  const startedAtMs = performance.now();
  if (!isOrderId(id)) return notFound;
  const orderId = id.toLowerCase();
  const correlationId = newEventId();
  const result = await commandTransaction(database, async (tx): Promise<AdvanceOrderResult> => {
    const order = (await lockOrders(tx, [orderId])).get(orderId);
    if (order === undefined) return notFound;
    const decision = decide({ type }, order.state);
    const problems: Problem[] = [];
    if ('rejected' in decision) {
      const { code } = decision.rejected;
      problems.push({ code, message: refusal(decision.rejected), path: ['orderId'] });
    } else {
      const origin = { occurredAt: new Date(), correlationId, causationId: null, traceparent };
      const changes = gatherOrderChanges();
      changes.record(order, decision.accepted, origin);
      await changes.save(tx);
    }
    return { order: (await readOrders(tx, [orderId])).get(orderId) ?? null, problems };
  });
  wake();
  log.info({
    event: type === 'Ship' ? 'ship-order' : 'deliver-order',
    orderId,
    refused: result.problems[0]?.code,
    correlationId,
    ms: Math.round(performance.now() - startedAtMs),
  });
  return result;
}

const notFound: AdvanceOrderResult = {
  order: null,
  problems: [{ code: 'ORDER_NOT_FOUND', message: 'There is no order with this id', path: ['orderId'] }],
};
