import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import type { CancellationCode, OrderState, OrderStatus, Shortage } from '../domain/order.ts';
import type { PlacedOrder } from '../domain/placing.ts';
import type { OrderEntity } from './entities.ts';

export interface NewOrder {
  readonly id: string;
  readonly placedAt: Date;
  readonly order: PlacedOrder;
}

/** Inserts orders as PENDING, version 1, with their lines, and counts them: one statement. */
export async function insertOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const column = <Value>(read: (order: NewOrder) => Value): Value[] => orders.map(read);
  const lines = orders.flatMap(({ id, order }) =>
    order.lines.map((line, index) => ({ ...line, orderId: id, number: index + 1 })),
  );
  await sql`
    with placed as (
      insert into orders (id, customer_id, reference, status, version, placed_at, updated_at, country, city,
                          postal_code, latitude, longitude, destination_precision, total_minor, currency_code)
      select id, customer_id, reference, 'PENDING', 1, placed_at, placed_at, country, city,
             postal_code, latitude, longitude, destination_precision, total_minor, currency_code
      from unnest(${column(({ id }) => id)}::uuid[],
                  ${column(({ order }) => order.customerId)}::text[],
                  ${column(({ order }) => order.reference)}::text[],
                  ${column(({ placedAt }) => placedAt.toISOString())}::timestamptz[],
                  ${column(({ order }) => order.destination.country)}::text[],
                  ${column(({ order }) => order.destination.city)}::text[],
                  ${column(({ order }) => order.destination.postalCode)}::text[],
                  ${column(({ order }) => order.destination.latitude)}::float8[],
                  ${column(({ order }) => order.destination.longitude)}::float8[],
                  ${column(({ order }) => order.destination.precision)}::text[],
                  ${column(({ order }) => String(order.total.amountMinor))}::bigint[],
                  ${column(({ order }) => order.total.currencyCode)}::text[])
        as new_order (id, customer_id, reference, placed_at, country, city, postal_code, latitude, longitude,
                      destination_precision, total_minor, currency_code)
    ), ordered as (
      insert into order_line (order_id, line_number, sku, quantity, unit_price_minor)
      select * from unnest(${lines.map(({ orderId }) => orderId)}::uuid[],
                           ${lines.map(({ number }) => number)}::integer[],
                           ${lines.map(({ sku }) => sku)}::text[],
                           ${lines.map(({ quantity }) => quantity)}::integer[],
                           ${lines.map(({ unitPriceMinor }) => String(unitPriceMinor))}::bigint[])
    )
    insert into order_total (status, shard, count) values ('PENDING', pg_backend_pid() % 16, ${orders.length})
    on conflict (status, shard) do update set count = order_total.count + excluded.count`.execute(tx);
}

export interface LockedOrder {
  readonly id: string;
  readonly customerId: string;
  readonly state: OrderState & { readonly status: OrderStatus };
}

/**
 * Locks those of the orders that exist, in the order of their ids, until the transaction ends. With `SKIP` those that another
 * transaction has locked are left out.
 */
export async function lockOrders(
  tx: Tx,
  ids: readonly string[],
  locked: 'WAIT' | 'SKIP' = 'WAIT',
): Promise<Map<string, LockedOrder>> {
  const { rows } = await sql<
    Pick<RowOf<typeof OrderEntity>, 'id' | 'customer_id' | 'status' | 'version' | 'is_confirmed' | 'has_hold'>
  >`
    select id, customer_id, status, version, is_confirmed, has_hold from orders
    where id = any(${[...new Set(ids)]}::uuid[]) order by id for update ${locked === 'SKIP' ? sql`skip locked` : sql``}
    `.execute(tx);
  return new Map(
    rows.map(({ id, customer_id, status, version, is_confirmed, has_hold }) => [
      id,
      {
        id,
        customerId: customer_id,
        state: { status, version, isConfirmed: is_confirmed, hasHold: has_hold },
      },
    ]),
  );
}

/** What becomes of an order that is locked by the same transaction. */
export interface OrderUpdate {
  readonly id: string;
  readonly before: OrderStatus;
  readonly state: OrderState & { readonly status: OrderStatus };
  readonly updatedAt: Date;
  /** Only of an order that is REJECTED now. */
  readonly rejection: { readonly reason: string; readonly shortages: readonly Shortage[] } | null;
  /** Only of an order that is CANCELLED now. */
  readonly cancellation: { readonly code: CancellationCode; readonly reason: string | null } | null;
}

/** Writes changed orders, each once, and moves them between the counters: one statement. */
export async function updateOrders(tx: Tx, updates: readonly OrderUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  const column = <Value>(read: (update: OrderUpdate) => Value): Value[] => updates.map(read);
  const moves = countMoves(updates);
  await sql`
    with changed as (
      update orders set status = change.status, version = change.version, is_confirmed = change.is_confirmed, has_hold = change.has_hold,
                        updated_at = change.updated_at, rejection = change.rejection::json,
                        cancellation_code = change.cancellation_code, cancellation_reason = change.cancellation_reason
      from unnest(${column(({ id }) => id)}::uuid[],
                  ${column(({ state }) => state.status)}::text[],
                  ${column(({ state }) => state.version)}::integer[],
                  ${column(({ state }) => 'isConfirmed' in state && state.isConfirmed)}::boolean[],
                  ${column(({ state }) => 'hasHold' in state && state.hasHold)}::boolean[],
                  ${column(({ updatedAt }) => updatedAt.toISOString())}::timestamptz[],
                  ${column(({ rejection }) => (rejection === null ? null : JSON.stringify(rejection)))}::text[],
                  ${column(({ cancellation }) => cancellation?.code ?? null)}::text[],
                  ${column(({ cancellation }) => cancellation?.reason ?? null)}::text[])
        as change (id, status, version, is_confirmed, has_hold, updated_at, rejection, cancellation_code, cancellation_reason)
      where orders.id = change.id
    )
    insert into order_total (status, shard, count)
    select status, pg_backend_pid() % 16, move
    from unnest(${[...moves.keys()]}::text[], ${[...moves.values()]}::bigint[]) as moved (status, move) order by status
    on conflict (status, shard) do update set count = order_total.count + excluded.count`.execute(tx);
}

function countMoves(updates: readonly OrderUpdate[]): ReadonlyMap<OrderStatus, number> {
  const moves = new Map<OrderStatus, number>();
  const add = (status: OrderStatus, move: number) => moves.set(status, (moves.get(status) ?? 0) + move);
  for (const { before, state } of updates) {
    add(before, -1);
    add(state.status, 1);
  }
  return moves;
}
