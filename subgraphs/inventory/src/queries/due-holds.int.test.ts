import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Level } from '../domain/stock.ts';
import { readAvailability } from './availability.ts';
import { readFacilityTotals } from './facility-totals.ts';
import { readLiveStock } from './live-stock.ts';
import { readStockOfFacilities, readStockOfProducts } from './stock.ts';
import { holdTools, hour, seedForHolds } from '../testing-holds.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  endHolds,
  readBooks,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';

let inventory: TestInventory;
const { handle, sweep, confirm, extend, statusesOf, held } = holdTools(() => inventory.database);

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => seedForHolds(inventory.database));
afterEach(() => {
  jest.useRealTimers();
});

/** Everything that can be read of the stock, by name. */
async function readings() {
  const { read } = inventory.database;
  const totals = await readFacilityTotals(read, ['f1', 'f2']);
  const levels = await readStockOfProducts(read, ['A', 'B']);
  const live = await readLiveStock(read, levels);
  const page = await readStockOfFacilities(read, ['f1', 'f2'], { after: null, limit: 10 });
  const key = ({ sku, facilityId, zone }: Level) => `${sku} ${facilityId} ${zone}`;
  const sorted = (given: readonly Level[]) =>
    given.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  expect(sorted(page)).toEqual(sorted(levels));
  expect(sorted(live.levels)).toEqual(sorted(levels));
  const availability = await readAvailability(read, ['A', 'B']);
  expect(new Map(live.products.map(({ sku, ...of }) => [sku, of]))).toEqual(availability);
  return { totals, levels: sorted(levels), availability };
}

describe('what is read', () => {
  it('leaves due holds out before they are released, and the release changes none of it', async () => {
    const untouched = await readings();
    const due = await held(-1, { A: 6, B: 1 }, { A: 1 });
    const seen = await readings();
    expect(seen.levels.map(({ reserved }) => reserved)).toEqual([0, 0, 0, 0]);
    expect(['A', 'B'].map((sku) => seen.availability.get(sku)!).map(({ available }) => available)).toEqual([
      10, 4,
    ]);
    expect(
      [...seen.totals.values()].map(({ reserved, available, onHand }) => [reserved, available - onHand]),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect((await readBooks(inventory.database)).levels.some(({ reserved }) => reserved > 0)).toBe(true);
    await sweep();
    expect(await statusesOf(...due)).toEqual(['EXPIRED', 'EXPIRED']);
    expect(await readings()).toEqual(seen);
    expect(seen.availability.get('A')!.availableVersion).toBeGreaterThan(
      untouched.availability.get('A')!.availableVersion,
    );
  });

  it('has a higher version when a hold becomes due, though nothing was written', async () => {
    const [first] = await held(hour, { A: 6 }, { A: 1 });
    const before = await readings();
    await endHolds(inventory.database, [first!], -1);
    const after = await readings();
    const versions = ({ levels }: typeof before) => levels.map(({ version }) => version);
    const changed = after.levels.filter(({ reserved }, index) => reserved !== before.levels[index]!.reserved);
    expect(changed).toHaveLength(2);
    for (const [index, level] of after.levels.entries()) {
      expect(versions(after)[index]! - versions(before)[index]!).toBe(changed.includes(level) ? 1 : 0);
    }
    const version = ({ availability }: typeof before) => availability.get('A')!.availableVersion;
    expect(version(after)).toBe(version(before) + 2);
  });

  it('of a hold that was seen due is older than what is read after its confirmation or extension', async () => {
    const { database } = inventory;
    for (const change of [confirm, (id: string) => extend(id, 5)]) {
      const [orderId] = await held(5_000, { A: 2 });
      const before = (await readAvailability(database.read, ['A'])).get('A')!;
      // Another change is under way in which the hold is due, as it would be for a reader before a late commit.
      await endHolds(database, [orderId!], -1);
      const seenDue = (await readAvailability(database.read, ['A'])).get('A')!;
      await endHolds(database, [orderId!], 5_000);
      expect(await change(orderId!)).toBeNull();
      const after = (await readAvailability(database.read, ['A'])).get('A')!;
      expect([seenDue.available, after.available]).toEqual([before.available + 2, before.available]);
      expect(after.availableVersion).toBeGreaterThan(seenDue.availableVersion);
      expect(seenDue.availableVersion).toBeGreaterThan(before.availableVersion);
      await handle(anOrderCancelled(orderId!));
    }
  });
});
describe('the clock', () => {
  /** Only what `Date` says; timers go on. */
  const shiftClock = (byMs: number) =>
    jest.useFakeTimers({
      now: Date.now() + byMs,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });

  it("is the database's: a process whose own is a day ahead ends no hold", async () => {
    shiftClock(24 * hour);
    const [first, second] = await held(5 * 60_000, { A: 5 }, { A: 5 });
    expect((await sweep()).orderIds).toEqual([]);
    expect((await readAvailability(inventory.database.read, ['A'])).get('A')!.available).toBe(0);
    const next = anOrderPlaced({ A: 1 });
    await handle(next);
    expect(await confirm(first!)).toBeNull();
    expect(await extend(second!, 1)).toBeNull();
    expect(await statusesOf(first!, second!, next.data.orderId)).toEqual(['HELD', 'HELD', 'REJECTED']);
  });

  it("is the database's: a process whose own is a day behind keeps no hold", async () => {
    shiftClock(-24 * hour);
    const [first, second] = await held(-1, { A: 5 }, { A: 5 });
    expect(await confirm(first!)).toMatchObject({ code: 'HOLD_EXPIRED' });
    expect((await readAvailability(inventory.database.read, ['A'])).get('A')!.available).toBe(10);
    const next = anOrderPlaced({ A: 10 });
    await handle(next);
    expect(await statusesOf(first!, second!, next.data.orderId)).toEqual(['EXPIRED', 'EXPIRED', 'HELD']);
  });
});
