import type { Mechanisms } from './mechanisms.ts';
import type { ModelLine } from './orders-core.ts';
import { happenings, type Budget, type Happening, type Service, type World } from './world.ts';

/** A small world to begin with, and what may happen in it. */
export interface Configuration {
  /** What it is about, as a clause: `a cancel overtakes its order`. */
  readonly name: string;
  /** Units on hand, by SKU and facility (f1, f2 or f3; f1 is the nearest). */
  readonly stock: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The lines of each order: units by SKU. Of two orders with the same lines the second is never placed first. */
  readonly orders: readonly Readonly<Record<string, number>>[];
  /** How many ticks a reservation is held; null for no end. */
  readonly holdTicks: number | null;
  /** Kinds that are left out do not happen. */
  readonly budget: Partial<Budget>;
  /** The streams and relays that faults strike; those of both services when left out. */
  readonly faultsAt?: Service;
  /**
   * What a server makes of a consumer whose stream lost its tail: `reset` puts it back to the stream's end and forgets what
   * it gave out after that (nats-server 2.15.1 when it starts), `ahead` leaves it where it was. `reset` when left out.
   */
  readonly rewoundConsumers?: 'reset' | 'ahead';
  /** Whether relays may publish the head of any aggregate, or only the oldest fact of the outbox. */
  readonly anyAggregateFirst?: boolean;
}

export interface Setting {
  readonly configuration: Configuration;
  readonly mechanisms: Mechanisms;
  /** By order. */
  readonly lines: Readonly<Record<string, readonly ModelLine[]>>;
}

export function settingOf(configuration: Configuration, mechanisms: Mechanisms): Setting {
  const lines = configuration.orders.map((units, index): [string, readonly ModelLine[]] => [
    String(index + 1),
    Object.entries(units).map(([sku, quantity]) => ({ sku, quantity })),
  ]);
  return { configuration, mechanisms, lines: Object.fromEntries(lines) };
}

/** The world in which nothing has happened yet: stock received, no orders, a relay and a consumer at work in each service. */
export function firstWorld({ configuration, lines }: Setting): World {
  const orders = Object.keys(lines);
  const product = { version: 1, price: 1 };
  const outgoing = {
    journal: [],
    outbox: [],
    lease: { owner: 1, epoch: 1, generation: 0 },
    publisher: { owner: 1, epoch: 1, generation: 0, lastSequence: 0 },
    frozen: [],
    stream: [],
    ghostUncommitted: [],
  };
  const incoming = { position: 0, unacknowledged: [], generation: 0, inbox: [], ghostHandled: [] };
  const levels = Object.entries(configuration.stock).flatMap(([sku, units]) =>
    Object.entries(units).map(([facilityId, onHand]) => ({
      sku,
      facilityId,
      onHand,
      reserved: 0,
      movedOnHand: onHand,
      movedReserved: 0,
    })),
  );
  return {
    now: 0,
    orders: { rows: nullFor(orders), catalogue: product },
    inventory: { levels, reservations: nullFor(orders), product },
    outgoing: { orders: outgoing, inventory: outgoing },
    incoming: { orders: incoming, inventory: incoming },
    clients: { toldPlaced: [], toldConfirmed: [], unanswered: [] },
    budget: Object.fromEntries(happenings.map((kind) => [kind, configuration.budget[kind] ?? 0])) as Record<
      Happening,
      number
    >,
  };
}

const nullFor = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]));
