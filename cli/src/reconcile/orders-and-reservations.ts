import type { Books } from './books.ts';
import { grouped, merged } from './merged.ts';
import { FindingList, type RuleReport } from './rule-report.ts';

interface OrderRow {
  readonly order_id: string;
  readonly status: string;
  /** Why it was cancelled; null when it was not. */
  readonly cancellation_code: string | null;
  readonly age_seconds: number;
  /** Null when it has no lines. */
  readonly sku: string | null;
  readonly quantity: string | null;
}

interface ReservationRow {
  readonly order_id: string;
  readonly status: string;
  /** It is HELD and its hold has ended; the age counts from then. */
  readonly is_due: boolean;
  readonly age_seconds: number;
  /** Null when nothing is allocated. */
  readonly sku: string | null;
  readonly quantity: string | null;
}

const orderRows = `
  select orders.id::text as order_id, orders.status, orders.cancellation_code,
         extract(epoch from now() - orders.updated_at)::float8 as age_seconds, line.sku, line.quantity
  from orders left join (
    select order_id, sku, sum(quantity)::text as quantity from order_line group by order_id, sku
  ) line on line.order_id = orders.id
  order by orders.id, line.sku collate "C"`;

const reservationRows = `
  select reservation.order_id::text as order_id, reservation.status, ends.due_since is not null as is_due,
         extract(epoch from now() - greatest(reservation.decided_at, stated.last_at, ends.due_since))::float8 as age_seconds,
         tied.sku, tied.quantity
  from reservation
  cross join lateral (
    select case when status = 'HELD' and expires_at <= now() then expires_at end as due_since
  ) ends
  left join (
    select order_id, sku, sum(quantity)::text as quantity from allocation group by order_id, sku
  ) tied on tied.order_id = reservation.order_id
  left join (
    select aggregate_id, max(occurred_at) as last_at from journal where aggregate = 'reservation' group by aggregate_id
  ) stated on stated.aggregate_id = reservation.order_id::text
  order by reservation.order_id, tied.sku collate "C"`;

/** An order and a reservation that do not agree. */
export interface OrderViolation {
  readonly orderId: string;
  /** Null when there is no such order. */
  readonly orderStatus: string | null;
  /** `no reservation` when there is none. */
  readonly reservationStatus: string;
  /** The two states agree, and the lines do not. */
  readonly isTiedOtherwise: boolean;
}

/**
 * Rule 4, over both books: they are separate databases, so both are read in the order of order ids and compared as they
 * come. What differs and changed within `settleMs`, or waits in a parked message, is in flight. Tells of each violation.
 */
export async function checkOrdersAndReservations(
  orders: Books,
  inventory: Books,
  settleMs: number,
  tell: (violation: OrderViolation) => void = () => {},
): Promise<RuleReport> {
  const violations = new FindingList();
  const inFlight = new FindingList();
  const seen = { orders: 0, reservations: 0, held: 0 };
  const parked = new Set([...(await parkedOrderIds(orders)), ...(await parkedOrderIds(inventory))]);
  await orders.snapshot(() =>
    inventory.snapshot(async () => {
      const pairs = merged(
        grouped(orders.stream<OrderRow>(orderRows), (row) => row.order_id),
        grouped(inventory.stream<ReservationRow>(reservationRows), (row) => row.order_id),
        ([row]) => row.order_id,
        ([row]) => row.order_id,
      );
      for await (const [order, reservation] of pairs) {
        if (order !== null) seen.orders += 1;
        if (reservation !== null) seen.reservations += 1;
        if (reservation?.[0].status === 'HELD') seen.held += 1;
        const difference = differenceOf(order, reservation);
        if (difference === null) continue;
        const ageSeconds = Math.min(...[order, reservation].flatMap((rows) => rows?.[0].age_seconds ?? []));
        const id = (order ?? reservation)[0].order_id;
        const isParked = parked.has(id);
        const detail = `order ${id}: ${difference}; ${isParked ? 'a message about it is parked' : `last changed ${ageSeconds.toFixed(1)} s ago`}`;
        const isInFlight = isParked || ageSeconds * 1_000 <= settleMs;
        (isInFlight ? inFlight : violations).add(detail);
        if (!isInFlight) tell(violationOf(id, order, reservation));
      }
    }),
  );
  return {
    rule: 4,
    claim:
      'a RESERVED order has one HELD reservation with just its SKUs and quantities, a shipped one a SHIPPED one, a REJECTED or CANCELLED one none',
    looked: [
      { count: seen.orders, what: 'orders' },
      { count: seen.reservations, what: 'reservations' },
      { count: seen.held, what: 'of them HELD' },
    ],
    violations,
    inFlight,
  };
}

/** Orders of which a message waits for a person, or was given up by one. */
async function parkedOrderIds(books: Books): Promise<string[]> {
  const rows = await books.rows<{ id: string }>(`
    select distinct headers -> 'ce-subject' ->> 0 as id from parked
    where closed_as is distinct from 'REDRIVEN' and headers -> 'ce-subject' ->> 0 is not null`);
  return rows.map(({ id }) => id);
}

/** What an order's reservation may be when no fact is on its way. */
const reservationsOf: Readonly<Record<string, readonly string[]>> = {
  PENDING: ['no reservation'],
  RESERVED: ['HELD'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['RELEASED', 'EXPIRED', 'REJECTED', 'TOMBSTONE'],
  SHIPPING: ['SHIPPED'],
  DELIVERED: ['SHIPPED'],
};

function violationOf(
  orderId: string,
  order: readonly [OrderRow, ...OrderRow[]] | null,
  reservation: readonly [ReservationRow, ...ReservationRow[]] | null,
): OrderViolation {
  const orderStatus = order?.[0].status ?? null;
  const reservationStatus = reservation?.[0].status ?? 'no reservation';
  const isTiedOtherwise =
    orderStatus !== null && (reservationsOf[orderStatus] ?? []).includes(reservationStatus);
  return { orderId, orderStatus, reservationStatus, isTiedOtherwise };
}

/** What is wrong between an order and its reservation, in words; null when nothing is. */
export function differenceOf(
  order: readonly [OrderRow, ...OrderRow[]] | null,
  reservation: readonly [ReservationRow, ...ReservationRow[]] | null,
): string | null {
  const tied = reservation?.[0].status ?? 'no reservation';
  if (order === null) {
    const isTied = tied === 'HELD' || tied === 'SHIPPED';
    return isTied ? `a ${tied} reservation of an order that does not exist` : null;
  }
  const [{ status, cancellation_code: code }] = order;
  const allowed = reservationsOf[status] ?? [];
  if (!allowed.includes(tied)) return `the order is ${status}, its reservation ${tied}`;
  if (code === 'HOLD_EXPIRED' && tied !== 'EXPIRED') return `the order is ${code}, its reservation ${tied}`;
  if (tied !== 'HELD' && tied !== 'SHIPPED') return null;
  if (reservation![0].is_due) return `the order is ${status}, its hold has ended and was not released`;
  const differences = lineDifferences(order, reservation!);
  return differences.length === 0 ? null : `the order is ${status}: ${differences.join(', ')}`;
}

function lineDifferences(order: readonly OrderRow[], reservation: readonly ReservationRow[]): string[] {
  const tied = new Map(
    reservation.flatMap(({ sku, quantity }) => (sku === null ? [] : [[sku, quantity] as const])),
  );
  const differences: string[] = [];
  for (const { sku, quantity } of order) {
    if (sku === null) return ['it has no lines'];
    if (tied.get(sku) !== quantity)
      differences.push(`${quantity} of ${sku} ordered, ${tied.get(sku) ?? 0} tied`);
    tied.delete(sku);
  }
  for (const [sku, quantity] of tied) differences.push(`0 of ${sku} ordered, ${quantity} tied`);
  return differences;
}
