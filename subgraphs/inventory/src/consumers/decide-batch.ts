import type { Fact, FactOfType } from '@holdfast/messaging';
import { allocate, type Allocation, type Line } from '../domain/allocation.ts';
import type { Facility } from '../domain/geo.ts';
import {
  decide,
  evolve,
  type Reservation,
  type ReservationCommand,
  type ReservationEvent,
} from '../domain/reservation.ts';
import type { MovementKind, StockBook } from '../domain/stock.ts';
import type { KnownReservation, ReservationUpdate } from '../store/reservations.ts';
import { factOf, type Cause } from './stock-facts.ts';

export type OrderFact =
  FactOfType<'OrderPlaced'> | FactOfType<'OrderCancelled'> | FactOfType<'OrderShipping'>;

/** All that a batch of decisions looks at, read under its locks. */
export interface BatchWorld {
  /** Without the orders that nothing was decided about yet. */
  readonly known: ReadonlyMap<string, KnownReservation>;
  /** HELD reservations that are due at `now` and have units of a SKU of the batch. */
  readonly dueHolds: ReadonlyMap<string, KnownReservation>;
  /** Of the known reservations that are HELD, and of the due holds. */
  readonly allocations: ReadonlyMap<string, readonly Allocation[]>;
  /** Holds the levels of every SKU that may be tied, released or shipped; the decisions are written into it. */
  readonly book: StockBook;
  readonly facilities: ReadonlyMap<string, Facility>;
  /** The database's clock. */
  readonly now: Date;
  /** How long a new reservation is held; null: it has no end. */
  readonly holdMs: number | null;
}

/** An order is shipped of which inventory holds nothing: a fact was lost, or its stock went to another. */
export class NothingToShipError extends Error {
  override readonly name = 'NothingToShipError';
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
 * Releases the due holds, so that their units go to whom the batch decides on; then decides the facts in the order of the
 * stream, each on what the earlier ones left. Changes `world.book`; returns what becomes of decision rows and the facts to
 * state. A new order that is only cancelled keeps the TOMBSTONE that stands. Throws NothingToShipError.
 */
export function decideBatch(
  facts: readonly OrderFact[],
  world: BatchWorld,
): { readonly updates: ReservationUpdate[]; readonly stated: Fact[] } {
  const orders = new Map<string, OrderInWork>();
  const stated: Fact[] = [];
  const take = (orderId: string, command: ReservationCommand, cause: Cause): void => {
    const order = orders.get(orderId) ?? startWork(orderId, world);
    orders.set(orderId, order);
    const event = eventOf(command, orderId, order.reservation);
    if (event === null) return;
    order.reservation = evolve(order.reservation, event);
    moveStock(event, orderId, order, world.book);
    order.update = nextUpdate(order, event, orderId, order.reservation, cause);
    const fact = factOf(event, orderId, order.reservation, cause, world.now);
    if (fact !== null) stated.push(fact);
  };
  for (const orderId of world.dueHolds.keys()) {
    take(orderId, { kind: 'EXPIRE', now: world.now }, endOfHold(orderId));
  }
  for (const fact of facts) take(orderIdOf(fact), commandOf(fact, world), causeOf(fact));
  return {
    updates: Array.from(orders.values(), ({ update }) => update).filter((update) => update !== null),
    stated,
  };
}

function startWork(orderId: string, { known, dueHolds, allocations }: BatchWorld): OrderInWork {
  return {
    reservation: (known.get(orderId) ?? dueHolds.get(orderId))?.reservation ?? null,
    allocations: allocations.get(orderId) ?? [],
    update: null,
  };
}

/** No command and no fact ends a hold: the order's own id stands for all that follows from it. */
const endOfHold = (orderId: string): Cause => ({
  eventId: null,
  correlationId: orderId,
  traceparent: null,
  customerId: null,
});

const causeOf = (fact: OrderFact): Cause => ({
  eventId: fact.eventId,
  correlationId: fact.correlationId,
  traceparent: fact.traceparent,
  customerId: fact.type === 'OrderPlaced' ? fact.data.customerId : null,
});

function commandOf(fact: OrderFact, world: BatchWorld): ReservationCommand {
  switch (fact.type) {
    case 'OrderPlaced':
      return {
        kind: 'RESERVE',
        allocate: () => allocateOrder(fact, world.book, world.facilities),
        expiresAt: world.holdMs === null ? null : new Date(world.now.getTime() + world.holdMs),
      };
    case 'OrderCancelled':
      return { kind: 'RELEASE' };
    case 'OrderShipping':
      return { kind: 'SHIP' };
  }
}

function eventOf(
  command: ReservationCommand,
  orderId: string,
  reservation: Reservation | null,
): ReservationEvent | null {
  const decision = decide(command, reservation);
  if ('accepted' in decision) return decision.accepted;
  const found = reservation === null ? 'inventory never heard of it' : `its stock is ${reservation.status}`;
  if (command.kind === 'SHIP') throw new NothingToShipError(`order ${orderId} is shipped, but ${found}`);
  throw new Error(`${command.kind} of order ${orderId} cannot be refused: ${decision.rejected}`);
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
  const effect = effectOf(event);
  if (effect === null) return;
  const { kind, onHand, reserved } = effect;
  for (const allocation of order.allocations) {
    const refusal = book.move(allocation, {
      kind,
      orderId,
      reason: null,
      onHandChange: onHand * allocation.quantity,
      reservedChange: reserved * allocation.quantity,
    });
    if (refusal !== null) {
      throw new Error(`books of ${allocation.sku} at ${allocation.facilityId} do not balance: ${refusal}`);
    }
  }
}

/** What an event does with each unit of the order; null for nothing. */
function effectOf(event: ReservationEvent): { kind: MovementKind; onHand: 0 | -1; reserved: 1 | -1 } | null {
  switch (event.kind) {
    case 'HELD':
      return { kind: 'RESERVED', onHand: 0, reserved: 1 };
    case 'RELEASED':
      return { kind: 'RELEASED', onHand: 0, reserved: -1 };
    case 'EXPIRED':
      return { kind: 'EXPIRED', onHand: 0, reserved: -1 };
    case 'SHIPPED':
      return { kind: 'SHIPPED', onHand: -1, reserved: -1 };
    case 'REJECTED':
    case 'TOMBSTONED':
    case 'CONFIRMED':
    case 'EXTENDED':
      return null;
  }
}

function nextUpdate(
  order: OrderInWork,
  event: ReservationEvent,
  orderId: string,
  reservation: Reservation,
  cause: Cause,
): ReservationUpdate | null {
  if (event.kind === 'TOMBSTONED') return null;
  return {
    orderId,
    reservation,
    customerId: cause.customerId ?? order.update?.customerId ?? null,
    decision: event.kind === 'HELD' ? event.decision : (order.update?.decision ?? null),
    shortages: event.kind === 'REJECTED' ? event.shortages : (order.update?.shortages ?? null),
    allocations: event.kind === 'HELD' ? event.allocations : (order.update?.allocations ?? []),
  };
}
