import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import type { Allocation, Shortage } from '../domain/allocation.ts';
import type { DecisionRecord } from '../domain/allocation-record.ts';
import type { Reservation } from '../domain/reservation.ts';
import { columnsOf } from './columns.ts';
import type { AllocationEntity, ReservationEntity } from './entities.ts';

export interface KnownReservation {
  readonly reservation: Reservation;
  readonly customerId: string | null;
}

/**
 * Makes sure that each order has a decision row. Returns those that are new: each has a TOMBSTONE, locked until the
 * transaction ends, which the caller must leave only for a cancelled order. The others are to be locked by a later
 * statement, which reads the row that won a conflict. Order ids are inserted sorted.
 */
export async function openReservations(tx: Tx, orderIds: readonly string[]): Promise<Set<string>> {
  const sorted = [...new Set(orderIds)].sort();
  const { rows } = await sql<{ order_id: string }>`
    insert into reservation (order_id, status, version, decided_at)
    select order_id, 'TOMBSTONE', 1, clock_timestamp() from unnest(${sorted}::uuid[]) as heard (order_id)
    order by order_id
    on conflict do nothing
    returning order_id`.execute(tx);
  return new Set(rows.map(({ order_id }) => order_id));
}

/** Locks those of the orders' reservations that exist, sorted, until the transaction ends. */
export async function lockReservations(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, KnownReservation>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<KnownRow>`
    select order_id, status, version, customer_id, expires_at from reservation
    where order_id = any(${orderIds}::uuid[]) order by order_id for update`.execute(tx);
  return byOrder(rows);
}

/**
 * Locks holds that are due, those that ended first, until the transaction ends. What another transaction has locked is
 * left out, so this waits for nobody, whatever order the rows come in: that other one releases it or decides about it.
 */
export async function lockSomeDueHolds(
  tx: Tx,
  { limit, except }: { readonly limit: number; readonly except: readonly string[] },
): Promise<Map<string, KnownReservation>> {
  const { rows } = await sql<KnownRow>`
    select order_id, status, version, customer_id, expires_at from reservation
    where status = 'HELD' and expires_at <= statement_timestamp() and order_id <> all(${except}::uuid[])
    order by expires_at limit ${limit} for update skip locked`.execute(tx);
  return byOrder(rows);
}

type KnownRow = Omit<RowOf<typeof ReservationEntity>, 'decided_at' | 'decision' | 'shortages'>;

const byOrder = (rows: readonly KnownRow[]): Map<string, KnownReservation> =>
  new Map(
    rows.map((row) => [
      row.order_id,
      {
        reservation: { status: row.status, version: row.version, expiresAt: row.expires_at },
        customerId: row.customer_id,
      },
    ]),
  );

/** What the orders were allocated, whatever became of it. */
export async function readAllocations(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, Allocation[]>> {
  const allocations = new Map<string, Allocation[]>();
  if (orderIds.length === 0) return allocations;
  const { rows } = await sql<RowOf<typeof AllocationEntity>>`
    select order_id, sku, facility_id, zone, quantity from allocation
    where order_id = any(${orderIds}::uuid[])
    order by order_id, sku, facility_id, zone desc`.execute(tx);
  for (const { order_id, sku, facility_id, zone, quantity } of rows) {
    const ofOrder = allocations.get(order_id) ?? [];
    ofOrder.push({ sku, facilityId: facility_id, zone, quantity });
    allocations.set(order_id, ofOrder);
  }
  return allocations;
}

export interface ReservationUpdate {
  readonly orderId: string;
  readonly reservation: Reservation;
  /** Given by the fact that placed the order; null leaves what is stored. */
  readonly customerId: string | null;
  readonly decision: DecisionRecord | null;
  readonly shortages: readonly Shortage[] | null;
  /** What is newly allocated. */
  readonly allocations: readonly Allocation[];
}

/**
 * Writes decisions over rows that the transaction holds locked, one per order, and what they allocated. A reservation
 * keeps the instant of its first decision.
 */
export async function writeReservations(
  tx: Tx,
  updates: readonly ReservationUpdate[],
  decidedAt: Date,
): Promise<void> {
  if (updates.length === 0) return;
  const column = columnsOf(updates);
  const allocated = columnsOf(
    updates.flatMap(({ orderId, allocations }) => allocations.map((each) => ({ ...each, orderId }))),
  );
  await sql`
    with decided as (
      update reservation set
        status = given.status, version = given.version, expires_at = given.expires_at,
        decided_at = case given.version when 1 then ${decidedAt.toISOString()}::timestamptz else reservation.decided_at end,
        customer_id = coalesce(given.customer_id, reservation.customer_id),
        decision = coalesce(given.decision::json, reservation.decision),
        shortages = coalesce(given.shortages::json, reservation.shortages)
      from unnest(${column(({ orderId }) => orderId)}::uuid[],
                  ${column(({ reservation }) => reservation.status)}::text[],
                  ${column(({ reservation }) => reservation.version)}::integer[],
                  ${column(({ reservation }) => reservation.expiresAt?.toISOString() ?? null)}::timestamptz[],
                  ${column(({ customerId }) => customerId)}::text[],
                  ${column(({ decision }) => decision && JSON.stringify(decision))}::text[],
                  ${column(({ shortages }) => shortages && JSON.stringify(shortages))}::text[])
        as given (order_id, status, version, expires_at, customer_id, decision, shortages)
      where reservation.order_id = given.order_id
    )
    insert into allocation (order_id, sku, facility_id, zone, quantity)
    select * from unnest(${allocated(({ orderId }) => orderId)}::uuid[],
                         ${allocated(({ sku }) => sku)}::text[],
                         ${allocated(({ facilityId }) => facilityId)}::text[],
                         ${allocated(({ zone }) => zone)}::text[],
                         ${allocated(({ quantity }) => quantity)}::integer[])`.execute(tx);
}
