import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newEventId } from '@holdfast/messaging';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  anOrderCancelled,
  anOrderPlaced,
  deliver,
  emptyTables,
  readBooks,
  seedStock,
  startTestInventory,
  unbalancedLevels,
  type TestInventory,
} from '../testing.ts';
import { handleOrderFacts } from './order-facts.ts';

let inventory: TestInventory;
const handler = handleOrderFacts(() => {});
const books = () => readBooks(inventory.database);

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => emptyTables(inventory.database));

describe('a batch of orders', () => {
  it('gives the last units to the earlier fact in the stream and says what was short to the others', async () => {
    await seedStock(inventory.database, [{ sku: 'A', facilityId: 'f1', onHand: 5 }]);
    const [first, second, third] = [
      anOrderPlaced({ A: 3 }),
      anOrderPlaced({ A: 3 }),
      anOrderPlaced({ A: 2 }),
    ];
    await deliver(inventory.database, handler, [first, second, third]);

    const { levels, statuses, stated } = await books();
    expect(statuses).toEqual({
      [first.data.orderId]: 'HELD',
      [second.data.orderId]: 'REJECTED',
      [third.data.orderId]: 'HELD',
    });
    expect(levels).toMatchObject([{ onHand: 5, reserved: 5, version: 3 }]);
    expect(stated.map(({ type }) => type)).toEqual(['StockReserved', 'StockRejected', 'StockReserved']);
    const { rows } = await sql<{ shortages: unknown; data: unknown }>`
      select r.shortages, j.data from reservation r join journal j on j.aggregate_id = r.order_id::text
      where r.order_id = ${second.data.orderId}`.execute(inventory.database.read);
    expect(rows).toMatchObject([
      {
        shortages: [{ sku: 'A', requested: 3, available: 2 }],
        data: { shortages: [{ sku: 'A', requested: 3, available: 2 }], reason: 'Not enough stock of 1 SKU' },
      },
    ]);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('ties an order whole or not at all', async () => {
    await seedStock(inventory.database, [
      { sku: 'A', facilityId: 'f1', onHand: 5 },
      { sku: 'B', facilityId: 'f1', onHand: 1 },
    ]);
    const order = anOrderPlaced({ A: 1, B: 2, 'NOT-STOCKED': 1 });
    await deliver(inventory.database, handler, [order]);
    const { levels, stated } = await books();
    expect(levels).toMatchObject([{ reserved: 0 }, { reserved: 0 }]);
    expect(stated).toEqual([{ type: 'StockRejected', aggregateId: order.data.orderId, version: 1 }]);
  });

  it('writes the ledger with the level after each change, and stores the decision record', async () => {
    await seedStock(inventory.database, [
      { sku: 'A', facilityId: 'f1', zone: 'BACK', onHand: 5 },
      { sku: 'A', facilityId: 'f1', onHand: 2 },
    ]);
    const order = anOrderPlaced({ A: 3 });
    await deliver(inventory.database, handler, [order, anOrderPlaced({ A: 1 })]);
    const movements = await sql`
      select zone, kind, reserved_change, on_hand_after, reserved_after from stock_movement
      where kind = 'RESERVED' order by id`.execute(inventory.database.read);
    expect(movements.rows).toEqual([
      { zone: 'PRIMARY', kind: 'RESERVED', reserved_change: 2, on_hand_after: 2, reserved_after: 2 },
      { zone: 'BACK', kind: 'RESERVED', reserved_change: 1, on_hand_after: 5, reserved_after: 1 },
      { zone: 'BACK', kind: 'RESERVED', reserved_change: 1, on_hand_after: 5, reserved_after: 2 },
    ]);
    const { rows } = await sql<{ decision: unknown; customer_id: string }>`
      select decision, customer_id from reservation where order_id = ${order.data.orderId}`.execute(
      inventory.database.read,
    );
    expect(rows).toMatchObject([
      {
        customer_id: 'customer-1',
        decision: { international: false, method: 'EXACT', candidates: [{ facilityId: 'f1', chosen: true }] },
      },
    ]);
  });

  it('frees units for a later order when an earlier one of the same batch is cancelled', async () => {
    await seedStock(inventory.database, [{ sku: 'A', facilityId: 'f1', onHand: 2 }]);
    const [cancelled, next] = [anOrderPlaced({ A: 2 }), anOrderPlaced({ A: 2 })];
    await deliver(inventory.database, handler, [cancelled, anOrderCancelled(cancelled.data.orderId), next]);
    const { levels, statuses, stated } = await books();
    expect(statuses).toEqual({ [cancelled.data.orderId]: 'RELEASED', [next.data.orderId]: 'HELD' });
    expect(levels).toMatchObject([{ reserved: 2, version: 4 }]);
    expect(stated.map(({ type, version }) => [type, version])).toEqual([
      ['StockReserved', 1],
      ['StockReleased', 2],
      ['StockReserved', 1],
    ]);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('ties nothing when the cancel came first, in an earlier batch or in the same', async () => {
    await seedStock(inventory.database, [{ sku: 'A', facilityId: 'f1', onHand: 9 }]);
    const [early, same] = [anOrderPlaced({ A: 2 }), anOrderPlaced({ A: 2 })];
    await deliver(inventory.database, handler, [anOrderCancelled(early.data.orderId)]);
    await deliver(inventory.database, handler, [early, anOrderCancelled(same.data.orderId), same]);
    const { levels, statuses, stated } = await books();
    expect(statuses).toEqual({ [early.data.orderId]: 'TOMBSTONE', [same.data.orderId]: 'TOMBSTONE' });
    expect(levels).toMatchObject([{ reserved: 0, version: 1 }]);
    expect(stated).toEqual([]);
  });

  it('states a rejection of 2,000 long SKUs within the size of a fact', async () => {
    const lines = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`${index}`.padEnd(200, '€'), 1]),
    );
    await deliver(inventory.database, handler, [anOrderPlaced(lines)]);
    const { rows } = await sql<{ reason: string; named: number; kept: number }>`
      select data ->> 'reason' as reason, json_array_length(data -> 'shortages') as named,
             json_array_length(shortages) as kept
      from journal, reservation`.execute(inventory.database.read);
    expect(rows[0]!.kept).toBe(2_000);
    expect(rows[0]!.reason).toBe(
      `Not enough stock of 2000 SKUs; ${2_000 - rows[0]!.named} of them are not named here`,
    );
  });
});

describe('for one order', () => {
  const step = fc.constantFrom('place', 'cancel');
  const history = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

  it('ends with the same status and stock whatever the order, repetition and batching of its facts, inbox lost', async () => {
    await seedStock(inventory.database, [
      { sku: 'A', facilityId: 'f1', onHand: 1_000_000 },
      { sku: 'A', facilityId: 'f2', zone: 'BACK', onHand: 2 },
      { sku: 'B', facilityId: 'f2', onHand: 1_000_000 },
    ]);
    await fc.assert(
      fc.asyncProperty(history, async (batches) => {
        const before = (await books()).levels.map(({ reserved }) => reserved);
        const orderId = newEventId();
        for (const batch of batches) {
          const facts = batch.map((each) =>
            each === 'place' ? anOrderPlaced({ A: 3, B: 1 }, { orderId }) : anOrderCancelled(orderId),
          );
          await deliver(inventory.database, handler, facts);
        }
        const steps = batches.flat();
        const { levels, statuses } = await books();
        const after = levels.map(({ reserved }) => reserved);
        if (!steps.includes('cancel')) {
          expect(statuses[orderId]).toBe('HELD');
          await deliver(inventory.database, handler, [anOrderCancelled(orderId)]);
        } else {
          expect(statuses[orderId]).toBe(steps[0] === 'place' ? 'RELEASED' : 'TOMBSTONE');
          expect(after).toEqual(before);
        }
        expect(await unbalancedLevels(inventory.database)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('conserves stock over random orders and cancels in random batches', async () => {
    const line = fc.record({ A: fc.integer({ min: 1, max: 4 }), B: fc.integer({ min: 1, max: 4 }) });
    const action = fc.record({ order: fc.nat(7), step, lines: line, isNewBatch: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
        await emptyTables(inventory.database);
        await seedStock(
          inventory.database,
          [
            { sku: 'A', facilityId: 'f1', onHand: 4 },
            { sku: 'A', facilityId: 'f2', zone: 'BACK', onHand: 5 },
            { sku: 'B', facilityId: 'f2', onHand: 6 },
            { sku: 'B', facilityId: 'de', onHand: 6 },
          ],
          { de: 'DE' },
        );
        const ids = Array.from({ length: 8 }, () => newEventId());
        const batches: Parameters<typeof deliver>[2][] = [];
        for (const { order, step: kind, lines, isNewBatch } of actions) {
          const orderId = ids[order]!;
          const fact = kind === 'place' ? anOrderPlaced(lines, { orderId }) : anOrderCancelled(orderId);
          if (isNewBatch || batches.length === 0) batches.push([fact]);
          else batches[batches.length - 1] = [...batches.at(-1)!, fact];
        }
        for (const batch of batches) await deliver(inventory.database, handler, batch);
        expect(await unbalancedLevels(inventory.database)).toEqual([]);
        const { stated } = await books();
        for (const id of ids) {
          const versions = stated
            .filter(({ aggregateId }) => aggregateId === id)
            .map(({ version }) => version);
          expect(versions).toEqual(versions.map((_, index) => index + 1));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the database', () => {
  it('refuses a level whose reserved passes its on hand, or falls below nothing', async () => {
    await seedStock(inventory.database, [{ sku: 'A', facilityId: 'f1', onHand: 5 }]);
    for (const reserved of [6, -1]) {
      await expect(
        sql`update stock_level set reserved = ${reserved}`.execute(inventory.database.read),
      ).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('lets batches that want the same levels in opposite order all succeed, and loses none of their changes', async () => {
    const skus = Array.from({ length: 60 }, (_, index) => `S${index}`);
    await seedStock(
      inventory.database,
      skus.flatMap((sku) => ['f1', 'f2', 'f3'].map((facilityId) => ({ sku, facilityId, onHand: 100 }))),
    );
    for (let round = 0; round < 5; round += 1) {
      const batches = Array.from({ length: 6 }, (_, index) =>
        (index % 2 === 0 ? skus : skus.toReversed()).map((sku) => anOrderPlaced({ [sku]: 1 })),
      );
      await Promise.all(batches.map((batch) => deliver(inventory.database, handler, batch)));
    }
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('lets batches that bring the same orders in opposite order all succeed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const cancels = Array.from({ length: 3_000 }, () => anOrderCancelled(newEventId()));
      await Promise.all(
        [cancels, cancels.toReversed(), cancels, cancels.toReversed()].map((batch) =>
          deliver(inventory.database, handler, batch),
        ),
      );
    }
    const { statuses } = await books();
    expect(Object.values(statuses)).toHaveLength(15_000);
  });
});
