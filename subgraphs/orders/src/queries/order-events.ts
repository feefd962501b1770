import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import { isOrderId } from '../domain/order-id.ts';
import type { OrderStatus } from '../domain/order.ts';

/** One change of an order, as the journal has it. */
export interface OrderEventView {
  readonly orderId: string;
  readonly id: string;
  readonly version: number;
  readonly from: OrderStatus | null;
  readonly type: string;
  readonly status: OrderStatus;
  readonly occurredAt: Date;
  readonly causationId: string | null;
  readonly correlationId: string;
}

/** Where a reader of an order's changes stands. */
export interface OrderPosition {
  readonly orderId: string;
  /** The last version it saw; 0 for none. */
  readonly after: number;
}

/** What each order did after its position, oldest first for each order: one statement. Unknown orders did nothing. */
export async function readOrderEvents(
  tx: Tx,
  positions: readonly OrderPosition[],
): Promise<readonly OrderEventView[]> {
  const asked = positions.filter(({ orderId }) => isOrderId(orderId));
  const { rows } = await sql<OrderEventView>`
    select journal.aggregate_id as "orderId", journal.event_id as id, journal.version, journal.type,
           journal.data ->> 'from' as "from", journal.data ->> 'to' as status, journal.occurred_at as "occurredAt",
           journal.causation_id as "causationId", journal.correlation_id as "correlationId"
    from unnest(${asked.map(({ orderId }) => orderId.toLowerCase())}::text[],
                ${asked.map(({ after }) => after)}::integer[]) as position (order_id, after)
    join journal on journal.aggregate_id = position.order_id and journal.version > position.after
                and journal.aggregate = 'order'
    order by journal.aggregate_id, journal.version`.execute(tx);
  return rows;
}
