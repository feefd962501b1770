import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Level } from '../domain/stock.ts';
import { changeStock } from './change-stock.ts';
import { holdTools, hour, seedForHolds } from '../testing-holds.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  endHolds,
  readBooks,
  unbalancedLevels,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';

let inventory: TestInventory;
const { handle, sweep, confirm, statusesOf, typesOf, held } = holdTools(() => inventory.database);

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => seedForHolds(inventory.database));

describe('a count of the stock', () => {
  const change = (quantity: number, kind: 'RECEIVED' | 'ADJUSTED' = 'ADJUSTED', seen: Level[] = []) =>
    changeStock(
      inventory.database,
      {
        kind,
        idempotencyKey: randomUUID(),
        reason: 'counted',
        lines: [{ sku: 'B', facilityId: 'f2', zone: 'PRIMARY', quantity }],
      },
      (levels) => seen.push(...levels),
    );

  it('may go below what due holds reserve, which it releases, and not below what others do', async () => {
    const [due, alive] = await held(hour, { B: 2, A: 1 }, { B: 1 });
    expect((await change(-2)).problems).toMatchObject([{ code: 'BELOW_RESERVED' }]);
    await endHolds(inventory.database, [due!], -1);
    const seen: Level[] = [];
    expect(await change(-3, 'ADJUSTED', seen)).toMatchObject({
      changed: 1,
      levels: [{ sku: 'B', onHand: 1, reserved: 1 }],
      problems: [],
    });
    expect(seen.map(({ sku }) => sku).toSorted()).toEqual(['A', 'B']);
    expect(await statusesOf(due!, alive!)).toEqual(['EXPIRED', 'HELD']);
    expect(await typesOf(due!)).toEqual(['StockReserved', 'StockReleased']);
    expect((await change(-1)).problems).toMatchObject([{ code: 'BELOW_RESERVED' }]);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('succeeds beside batches, sweeps and confirmations that want the same rows, and all balances', async () => {
    for (let round = 0; round < 5; round += 1) {
      const due = await held(-1, { A: 1, B: 1 }, { B: 1 }, { A: 3 });
      const alive = await held(2_000, { A: 1 });
      await Promise.all([
        change(1, 'RECEIVED'),
        change(1, 'RECEIVED'),
        sweep(1),
        handle(anOrderPlaced({ A: 1, B: 1 }), anOrderCancelled(due[0]!)),
        handle(anOrderPlaced({ B: 1, A: 1 }), anOrderCancelled(due[2]!)),
        ...alive.map(confirm),
      ]);
      expect(await unbalancedLevels(inventory.database)).toEqual([]);
      const { statuses } = await readBooks(inventory.database);
      await handle(...Object.keys(statuses).map((id) => anOrderCancelled(id)));
    }
  });
});
