import type { Database } from '@holdfast/messaging';
import { decide } from '../domain/order.ts';
import { gatherOrderChanges } from '../store/order-changes.ts';
import { lockOrders } from '../store/orders.ts';
import { readUndecided, type PendingPosition } from '../store/undecided-orders.ts';

export interface CancelUndecided {
  /** Where in the list of PENDING orders to begin. */
  readonly after: PendingPosition;
  readonly decisionSeconds: number;
  /** No time before this instant, of the database's clock, is counted. */
  readonly heardSince: Date;
}

export interface CancelUndecidedResult {
  readonly cancelled: number;
  /** Where the next page begins; null when this was the last one. */
  readonly next: PendingPosition;
}

/**
 * Cancels those of one page of PENDING orders whose time for a decision is over, with the fact OrderCancelled (UNDECIDED):
 * one transaction. An order that another transaction is working on is left out; so several replicas may do this at once.
 */
export function cancelUndecided(
  database: Database,
  { after, decisionSeconds, heardSince }: CancelUndecided,
): Promise<CancelUndecidedResult> {
  return database.transaction(async (tx) => {
    const { undecided, next } = await readUndecided(tx, after, decisionSeconds, heardSince);
    if (undecided.length === 0) return { cancelled: 0, next };
    const ids = undecided.map(({ id }) => id);
    const orders = await lockOrders(tx, ids, 'SKIP');
    const changes = gatherOrderChanges();
    const occurredAt = new Date();
    for (const { id, placedEventId, correlationId } of undecided) {
      const order = orders.get(id);
      if (order === undefined) continue;
      const decision = decide({ type: 'Cancel', code: 'UNDECIDED', reason: null }, order.state);
      // An order that was decided in the last moment is not refused: there is nothing left to do.
      if ('rejected' in decision) continue;
      changes.record(order, decision.accepted, {
        occurredAt,
        correlationId,
        causationId: placedEventId,
        traceparent: null,
      });
    }
    return { cancelled: await changes.save(tx), next };
  });
}
