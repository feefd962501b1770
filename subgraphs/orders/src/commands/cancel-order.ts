import { commandTransaction, type Database, newEventId } from '@holdfast/messaging';
import { textProblem, type Logger, type Problem, type Viewer } from '@holdfast/service';
import { isOrderId } from '../domain/order-id.ts';
import { decide } from '../domain/order.ts';
import { readOrders, type OrderView } from '../queries/order-view.ts';
import { gatherOrderChanges, type OrderChanges } from '../store/order-changes.ts';
import { lockOrders, type LockedOrder } from '../store/orders.ts';
import type { GroupWriter } from './group-writer.ts';

export interface CancelOrder {
  readonly orderId: string;
  readonly viewer: Viewer;
  readonly reason: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly cancelledAt: Date;
}

export interface CancelOrderResult {
  /** Also given with NOT_CANCELLABLE. */
  readonly order: OrderView | null;
  readonly problems: readonly Problem[];
}

export interface CancelOrderParts {
  readonly writer: GroupWriter<CancelOrder, CancelOrderResult>;
  readonly log: Logger;
}

/**
 * Cancels an order that is PENDING or RESERVED, with the fact OrderCancelled; resolves once that is committed. Of a
 * CANCELLED order it changes nothing and gives it back. A foreign order is answered like one that does not exist.
 */
export async function cancelOrder(
  { writer, log }: CancelOrderParts,
  input: { readonly orderId: string; readonly reason?: string | null | undefined },
  viewer: Viewer,
  traceparent: string | null,
): Promise<CancelOrderResult> {
  const startedAtMs = performance.now();
  const reason = input.reason ?? null;
  const problem = reason === null ? null : textProblem(reason, ['reason']);
  if (problem !== null) return { order: null, problems: [problem] };
  if (!isOrderId(input.orderId)) return notFound;

  const orderId = input.orderId.toLowerCase();
  const correlationId = newEventId();
  const result = await writer.submit({
    orderId,
    viewer,
    reason,
    correlationId,
    traceparent,
    cancelledAt: new Date(),
  });
  log.info({
    event: 'cancel-order',
    orderId,
    refused: result.problems[0]?.code,
    correlationId,
    ms: Math.round(performance.now() - startedAtMs),
  });
  return result;
}

/** Writes a group of cancellations in one transaction, each judged after those before it. Safe to repeat. */
export function writeCancelOrders(
  database: Database,
  group: readonly CancelOrder[],
): Promise<readonly CancelOrderResult[]> {
  return commandTransaction(database, async (tx) => {
    const orders = await lockOrders(
      tx,
      group.map(({ orderId }) => orderId),
    );
    const changes = gatherOrderChanges();
    const problems = group.map((command) => cancel(command, orders.get(command.orderId), changes));
    await changes.save(tx);
    const views = await readOrders(tx, [...orders.keys()]);
    return group.map(({ orderId }, index) => {
      const problem = problems[index] ?? null;
      if (problem === 'ORDER_NOT_FOUND') return notFound;
      return { order: views.get(orderId) ?? null, problems: problem === null ? [] : [problem] };
    });
  });
}

function cancel(
  command: CancelOrder,
  order: LockedOrder | undefined,
  changes: OrderChanges,
): Problem | 'ORDER_NOT_FOUND' | null {
  const { viewer, reason, correlationId, traceparent, cancelledAt } = command;
  const isOwn = order?.customerId === viewer.customerId;
  if (order === undefined || !(isOwn || viewer.isOperator)) return 'ORDER_NOT_FOUND';
  const code = isOwn ? 'CUSTOMER' : 'OPERATOR';
  const state = changes.stateOf(order);
  const decision = decide({ type: 'Cancel', code, reason }, state);
  if ('rejected' in decision)
    return {
      code: decision.rejected.code,
      message: `The order is ${state.status} and can no longer be cancelled`,
      path: ['orderId'],
    };
  changes.record(order, decision.accepted, {
    occurredAt: cancelledAt,
    correlationId,
    causationId: null,
    traceparent,
  });
  return null;
}

const notFound: CancelOrderResult = {
  order: null,
  problems: [{ code: 'ORDER_NOT_FOUND', message: 'There is no order with this id', path: ['orderId'] }],
};
