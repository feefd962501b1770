import { describe, expect, it } from '@jest/globals';
import { newEventId } from '@holdfast/messaging';
import fc from 'fast-check';
import type { Allocation } from '../domain/allocation.ts';
import { decide, evolve, isDueHold, type Reservation } from '../domain/reservation.ts';
import { levelName, StockBook, type Level, type Movement, type Zone } from '../domain/stock.ts';
import { anOrderCancelled, anOrderPlaced, anOrderShipping } from '../testing.ts';
import { decideBatch, NothingToShipError, type OrderFact } from './decide-batch.ts';

const facility = (id: string) => ({ id, country: 'GB', latitude: 50, longitude: 0, airportDistanceMm: 0 });
const facilities = new Map(['f1', 'f2'].map((id) => [id, facility(id)]));
const aLevel = (sku: string, facilityId: string, zone: Zone, onHand: number): Level => ({
  sku,
  facilityId,
  zone,
  onHand,
  reserved: 0,
  version: 1,
});

/** Inventory in memory: what its tables hold, and a clock that only the test moves. */
class Inventory {
  readonly holdMs: number | null;
  nowMs = Date.UTC(2026, 10, 23);
  levels: Level[] = [
    aLevel('A', 'f1', 'PRIMARY', 4),
    aLevel('A', 'f2', 'BACK', 3),
    aLevel('B', 'f2', 'PRIMARY', 5),
  ];
  readonly reservations = new Map<string, Reservation>();
  readonly allocations = new Map<string, readonly Allocation[]>();
  readonly movements: Movement[] = [];
  readonly stated: { type: string; orderId: string; version: number }[] = [];

  constructor(holdMs: number | null) {
    this.holdMs = holdMs;
  }

  /** Handles facts as the consumer does; with none of them it releases everything that is due. */
  handle(...facts: OrderFact[]): void {
    const now = new Date(this.nowMs);
    const skus = facts.flatMap((fact) =>
      fact.type === 'OrderPlaced' && !this.reservations.has(fact.data.orderId)
        ? fact.data.lines.map(({ sku }) => sku)
        : [],
    );
    const touches = (orderId: string) =>
      facts.length === 0 || this.allocations.get(orderId)!.some(({ sku }) => skus.includes(sku));
    const known = new Map(
      [...this.reservations].map(([id, reservation]) => [id, { reservation, customerId: null }]),
    );
    const book = new StockBook(this.levels);
    const { updates, stated } = decideBatch(facts, {
      known,
      dueHolds: new Map(
        [...known].filter(([id, { reservation }]) => isDueHold(reservation, now) && touches(id)),
      ),
      allocations: this.allocations,
      book,
      facilities,
      now,
      holdMs: this.holdMs,
    });
    for (const { orderId, reservation, allocations } of updates) {
      this.reservations.set(orderId, reservation);
      if (allocations.length > 0) this.allocations.set(orderId, allocations);
    }
    for (const fact of facts) {
      if (fact.type !== 'OrderCancelled' || this.reservations.has(fact.data.orderId)) continue;
      this.reservations.set(fact.data.orderId, { status: 'TOMBSTONE', version: 1, expiresAt: null });
    }
    const changed = new Map(book.changedLevels().map((level) => [levelName(level), level]));
    this.levels = this.levels.map((level) => changed.get(levelName(level)) ?? level);
    this.movements.push(...book.movements);
    for (const { type, data } of stated) {
      if ('orderId' in data) this.stated.push({ type, orderId: data.orderId, version: data.version });
    }
  }

  confirm(orderId: string): void {
    const reservation = this.reservations.get(orderId) ?? null;
    const decision = decide({ kind: 'CONFIRM', now: new Date(this.nowMs) }, reservation);
    if (!('accepted' in decision) || decision.accepted === null) return;
    this.reservations.set(orderId, evolve(reservation, decision.accepted));
    this.stated.push({ type: 'StockConfirmed', orderId, version: this.reservations.get(orderId)!.version });
  }

  statusOf = (orderId: string): string | undefined => this.reservations.get(orderId)?.status;

  /** Rules 2 and 3, and that shipped units alone have left. */
  expectBalancedBooks(): void {
    const received = new Inventory(null).levels;
    for (const [index, level] of this.levels.entries()) {
      const unitsOf = (status: string) =>
        [...this.allocations]
          .filter(([orderId]) => this.statusOf(orderId) === status)
          .flatMap(([, allocations]) => allocations.filter((each) => levelName(each) === levelName(level)))
          .reduce((sum, { quantity }) => sum + quantity, 0);
      expect(level.reserved).toBe(unitsOf('HELD'));
      expect(level.onHand).toBe(received[index]!.onHand - unitsOf('SHIPPED'));
      expect(level.reserved).toBeLessThanOrEqual(level.onHand);
    }
  }
}

const minute = 60_000;

describe('a batch with holds that are due', () => {
  it('gives their units to its first order, and states that they were released before that', () => {
    const inventory = new Inventory(minute);
    const [lost, next] = [anOrderPlaced({ A: 7 }), anOrderPlaced({ A: 7 })];
    inventory.handle(lost);
    inventory.nowMs += minute;
    inventory.handle(next);
    expect([lost, next].map(({ data }) => inventory.statusOf(data.orderId))).toEqual(['EXPIRED', 'HELD']);
    expect(inventory.stated.map(({ type, version }) => [type, version])).toEqual([
      ['StockReserved', 1],
      ['StockReleased', 2],
      ['StockReserved', 1],
    ]);
    expect(inventory.movements.map(({ kind }) => kind)).toEqual([
      'RESERVED',
      'RESERVED',
      'EXPIRED',
      'EXPIRED',
      'RESERVED',
      'RESERVED',
    ]);
    inventory.expectBalancedBooks();
  });

  it('leaves a hold alone that ends a millisecond later', () => {
    const inventory = new Inventory(minute);
    const held = anOrderPlaced({ A: 7 });
    inventory.handle(held);
    inventory.nowMs += minute - 1;
    const next = anOrderPlaced({ A: 1 });
    inventory.handle(next);
    expect([held, next].map(({ data }) => inventory.statusOf(data.orderId))).toEqual(['HELD', 'REJECTED']);
  });

  it('releases as cancelled what is cancelled before anybody needs it', () => {
    const inventory = new Inventory(minute);
    const held = anOrderPlaced({ A: 7 });
    inventory.handle(held);
    inventory.nowMs += minute;
    inventory.handle(anOrderCancelled(held.data.orderId));
    expect(inventory.statusOf(held.data.orderId)).toBe('RELEASED');
    inventory.expectBalancedBooks();
  });
});

describe('an order that is shipped', () => {
  it('takes its units off hand and out of what is reserved, once', () => {
    const inventory = new Inventory(null);
    const order = anOrderPlaced({ A: 5 });
    inventory.handle(order, anOrderShipping(order.data.orderId));
    inventory.handle(anOrderShipping(order.data.orderId));
    expect(inventory.statusOf(order.data.orderId)).toBe('SHIPPED');
    const shipped = inventory.movements.filter(({ kind }) => kind === 'SHIPPED');
    expect(shipped.map(({ onHandChange, reservedChange }) => [onHandChange, reservedChange])).toEqual([
      [-4, -4],
      [-1, -1],
    ]);
    inventory.expectBalancedBooks();
  });

  it('is an error when its stock is not there, and changes nothing', () => {
    const inventory = new Inventory(minute);
    const [early, late] = [anOrderPlaced({ A: 1 }), anOrderPlaced({ A: 1 })];
    expect(() => inventory.handle(anOrderShipping(early.data.orderId))).toThrow(NothingToShipError);
    inventory.handle(late);
    inventory.nowMs += minute;
    inventory.handle();
    expect(() => inventory.handle(anOrderShipping(late.data.orderId))).toThrow(/its stock is EXPIRED/);
    inventory.expectBalancedBooks();
  });
});

describe('for one order', () => {
  const step = fc.constantFrom('place', 'cancel', 'confirm', 'wait', 'sweep', 'other', 'ship');

  it('ends legally and with balanced books after any facts, repeated, in any order, with time passing between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.constantFrom(minute, null), (steps, holdMs) => {
        const inventory = new Inventory(holdMs);
        const orderId = newEventId();
        const seen: string[] = [];
        for (const each of steps) {
          run(inventory, orderId, each);
          const status = inventory.statusOf(orderId);
          if (status !== undefined && seen.at(-1) !== status) seen.push(status);
          inventory.expectBalancedBooks();
        }
        // Never more than one step from the first decision, and no way back.
        expect([
          '',
          'HELD',
          'TOMBSTONE',
          'REJECTED',
          'HELD RELEASED',
          'HELD EXPIRED',
          'HELD SHIPPED',
        ]).toContain(seen.join(' '));
        const versions = inventory.stated
          .filter((fact) => fact.orderId === orderId)
          .map((fact) => fact.version);
        expect(versions).toEqual(versions.toSorted((one, other) => one - other));
        expect(new Set(versions).size).toBe(versions.length);
        const before = structuredClone({
          levels: inventory.levels,
          reservation: inventory.statusOf(orderId),
        });
        for (const each of steps) if (each === 'place' || each === 'ship') run(inventory, orderId, each);
        if (before.reservation !== undefined && before.reservation !== 'HELD') {
          expect({ levels: inventory.levels, reservation: inventory.statusOf(orderId) }).toEqual(before);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ties nothing in the end once it was cancelled or expired, whichever came first and however often', () => {
    const ending = fc.array(fc.constantFrom('place', 'cancel', 'wait', 'sweep', 'other'), { maxLength: 10 });
    fc.assert(
      fc.property(ending, (steps) => {
        const inventory = new Inventory(minute);
        const orderId = newEventId();
        for (const each of [...steps, 'place', 'cancel'] as const) run(inventory, orderId, each);
        expect(['RELEASED', 'EXPIRED', 'TOMBSTONE', 'REJECTED']).toContain(inventory.statusOf(orderId));
        const own = inventory.movements.filter((movement) => movement.orderId === orderId);
        expect(own.reduce((sum, { reservedChange }) => sum + reservedChange, 0)).toBe(0);
        inventory.expectBalancedBooks();
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its stock for good once it was confirmed in time, until it is shipped', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('wait', 'sweep', 'other', 'confirm', 'place')), (steps) => {
        const inventory = new Inventory(minute);
        const orderId = newEventId();
        for (const each of ['place', 'confirm', ...steps] as const) run(inventory, orderId, each);
        expect(inventory.statusOf(orderId)).toBe('HELD');
        run(inventory, orderId, 'ship');
        expect(inventory.statusOf(orderId)).toBe('SHIPPED');
      }),
      { numRuns: 200 },
    );
  });
});

function run(inventory: Inventory, orderId: string, step: string): void {
  switch (step) {
    case 'place':
      return inventory.handle(anOrderPlaced({ A: 5, B: 1 }, { orderId }));
    case 'cancel':
      return inventory.handle(anOrderCancelled(orderId));
    case 'confirm':
      return inventory.confirm(orderId);
    case 'wait':
      inventory.nowMs += minute;
      return;
    case 'sweep':
      return inventory.handle();
    case 'other':
      return inventory.handle(anOrderPlaced({ B: 1 }));
    case 'ship':
      try {
        inventory.handle(anOrderShipping(orderId));
      } catch (error) {
        expect(error).toBeInstanceOf(NothingToShipError);
        expect(['HELD', 'SHIPPED']).not.toContain(inventory.statusOf(orderId));
      }
  }
}
