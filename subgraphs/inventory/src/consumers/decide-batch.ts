import { newEventId, type Fact, type FactOfType } from '@holdfast/messaging';
import { allocate, type Allocation, type Line, type Shortage } from '../domain/allocation.ts';
import type { Facility } from '../domain/geo.ts';
import { decide, evolve, type Reservation, type ReservationEvent } from '../domain/reservation.ts';
import type { StockBook } from '../domain/stock.ts';
import type { KnownReservation, ReservationUpdate } from '../store/reservations.ts';

export type OrderFact = FactOfType<'OrderPlaced'> | FactOfType<'OrderCancelled'>;

/** All that a batch of decisions looks at, read under its locks. */
export interface BatchWorld {
  readonly known: ReadonlyMap<string, KnownReservation>;
  /** Of the known reservations that are HELD. */
  readonly allocations: ReadonlyMap<string, readonly Allocation[]>;
  /** Holds the levels of every SKU that may be tied or released; the decisions are written into it. */
  readonly book: StockBook;
  readonly facilities: ReadonlyMap<string, Facility>;
  readonly now: Date;
}

/** An order's decision row as it becomes in the course of a batch. */
interface OrderInWork {
  reservation: Reservation | null;
  allocations: readonly Allocation[];
  update: ReservationUpdate | null;
}

/** Facts' order ids are compared as PostgreSQL writes UUIDs. */
export const orderIdOf = (fact: OrderFact): string => fact.data.orderId.toLowerCase();

/**
 * Decides a batch in the order of the stream, each fact on what the earlier ones left. Changes `world.book`; returns what
 * becomes of decision rows and the facts to state. A new order that is only cancelled keeps the TOMBSTONE that stands.
 */
export function decideBatch(
  facts: readonly OrderFact[],
  world: BatchWorld,
): { readonly updates: ReservationUpdate[]; readonly stated: Fact[] } {
  const orders = new Map<string, OrderInWork>();
  const stated: Fact[] = [];
  for (const fact of facts) {
    const orderId = orderIdOf(fact);
    const order = orders.get(orderId) ?? startWork(orderId, world);
    orders.set(orderId, order);
    const event = decideFact(fact, order.reservation, world);
    if (event === null) continue;
    order.reservation = evolve(order.reservation, event);
    moveStock(event, orderId, order, world.book);
    order.update = nextUpdate(order, event, fact, order.reservation);
    const next = factOf(event, order.reservation, fact, world.now);
    if (next !== null) stated.push(next);
  }
  return {
    updates: Array.from(orders.values(), ({ update }) => update).filter((update) => update !== null),
    stated,
  };
}

function startWork(orderId: string, { known, allocations }: BatchWorld): OrderInWork {
  return {
    reservation: known.get(orderId)?.reservation ?? null,
    allocations: allocations.get(orderId) ?? [],
    update: null,
  };
}

function decideFact(
  fact: OrderFact,
  reservation: Reservation | null,
  { book, facilities }: BatchWorld,
): ReservationEvent | null {
  const decision =
    fact.type === 'OrderCancelled'
      ? decide({ kind: 'RELEASE' }, reservation)
      : decide({ kind: 'RESERVE', allocate: () => allocateOrder(fact, book, facilities) }, reservation);
  if ('rejected' in decision) throw new Error(`${fact.type} cannot be refused: ${decision.rejected}`);
  return decision.accepted;
}

const allocateOrder = (
  { data }: FactOfType<'OrderPlaced'>,
  book: StockBook,
  facilities: ReadonlyMap<string, Facility>,
) =>
  allocate(
    { destination: data.destination, lines: summedBySku(data.lines) },
    (sku) => book.levelsOf(sku),
    facilities,
  );

function summedBySku(lines: readonly Line[]): Line[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return Array.from(quantities, ([sku, quantity]) => ({ sku, quantity }));
}

function moveStock(event: ReservationEvent, orderId: string, order: OrderInWork, book: StockBook): void {
  if (event.kind === 'HELD') order.allocations = event.allocations;
  else if (event.kind !== 'RELEASED') return;
  const [kind, sign] = event.kind === 'HELD' ? (['RESERVED', 1] as const) : (['RELEASED', -1] as const);
  for (const allocation of order.allocations) {
    const reservedChange = sign * allocation.quantity;
    const refusal = book.move(allocation, { kind, orderId, reason: null, onHandChange: 0, reservedChange });
    if (refusal !== null) {
      throw new Error(`books of ${allocation.sku} at ${allocation.facilityId} do not balance: ${refusal}`);
    }
  }
}

function nextUpdate(
  order: OrderInWork,
  event: ReservationEvent,
  fact: OrderFact,
  reservation: Reservation,
): ReservationUpdate | null {
  if (event.kind === 'TOMBSTONED') return null;
  return {
    orderId: orderIdOf(fact),
    reservation,
    customerId: fact.type === 'OrderPlaced' ? fact.data.customerId : (order.update?.customerId ?? null),
    decision: event.kind === 'HELD' ? event.decision : (order.update?.decision ?? null),
    shortages: event.kind === 'REJECTED' ? event.shortages : (order.update?.shortages ?? null),
    allocations: event.kind === 'HELD' ? event.allocations : (order.update?.allocations ?? []),
  };
}

function factOf(event: ReservationEvent, reservation: Reservation, cause: OrderFact, now: Date): Fact | null {
  const envelope = {
    eventId: newEventId(),
    occurredAt: now,
    correlationId: cause.correlationId,
    causationId: cause.eventId,
    traceparent: cause.traceparent,
  };
  const change = { orderId: orderIdOf(cause), version: reservation.version, decidedAt: now.toISOString() };
  switch (event.kind) {
    case 'HELD': {
      const facilityCount = new Set(event.allocations.map(({ facilityId }) => facilityId)).size;
      const expiresAt = reservation.expiresAt?.toISOString() ?? null;
      return { ...envelope, type: 'StockReserved', data: { ...change, expiresAt, facilityCount } };
    }
    case 'REJECTED':
      return { ...envelope, type: 'StockRejected', data: { ...change, ...rejectionOf(event.shortages) } };
    case 'RELEASED':
      return { ...envelope, type: 'StockReleased', data: { ...change, cause: 'CANCELLED' } };
    case 'CONFIRMED':
      return { ...envelope, type: 'StockConfirmed', data: change };
    case 'TOMBSTONED':
    case 'EXTENDED':
      return null;
  }
}

/** Room for shortages in a fact, which may have 256 KiB; the decision row keeps them all. */
const maxShortagesBytes = 200 * 1024;

function rejectionOf(shortages: readonly Shortage[]): { reason: string; shortages: Shortage[] } {
  const named: Shortage[] = [];
  let bytes = 0;
  for (const shortage of shortages) {
    bytes += Buffer.byteLength(JSON.stringify(shortage)) + 1;
    if (bytes > maxShortagesBytes) break;
    named.push(shortage);
  }
  const count = shortages.length === 1 ? '1 SKU' : `${shortages.length} SKUs`;
  const more = shortages.length - named.length;
  return {
    reason: `Not enough stock of ${count}${more > 0 ? `; ${more} of them are not named here` : ''}`,
    shortages: named,
  };
}
