import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Level } from '../domain/stock.ts';
import { holdTools, hour, seedForHolds } from '../testing-holds.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  anOrderShipping,
  readBooks,
  unbalancedLevels,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';

let inventory: TestInventory;
const { handle, sweep, confirm, statusesOf, held, isWaitingForLock } = holdTools(() => inventory.database);

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => seedForHolds(inventory.database));

describe('a hold', () => {
  it('ends so long after the decision by the clock of the database, as StockReserved says too', async () => {
    const order = anOrderPlaced({ A: 1 });
    await handle(order);
    const { rows } = await sql<{ heldMs: number; isSaid: boolean }>`
      select extract(epoch from expires_at - decided_at)::float8 * 1000 as "heldMs",
             (data ->> 'expiresAt')::timestamptz = expires_at as "isSaid"
      from reservation join journal on aggregate_id = order_id::text`.execute(inventory.database.read);
    expect(rows).toEqual([{ heldMs: hour, isSaid: true }]);
  });

  it('that is due gives its units to the next order, in the transaction that ties them', async () => {
    const [lost] = await held(-1, { A: 10, B: 1 });
    const next = anOrderPlaced({ A: 10 });
    await handle(next);
    expect(await statusesOf(lost!, next.data.orderId)).toEqual(['EXPIRED', 'HELD']);
    const { rows } = await sql<{ kind: string; reserved_change: number }>`
      select kind, sum(reserved_change)::integer as reserved_change from stock_movement
      where kind <> 'RECEIVED' group by kind, order_id order by min(id)`.execute(inventory.database.read);
    expect(rows).toEqual([
      { kind: 'RESERVED', reserved_change: 11 },
      { kind: 'EXPIRED', reserved_change: -11 },
      { kind: 'RESERVED', reserved_change: 10 },
    ]);
    const { rows: facts } = await sql`
      select data -> 'cause' as cause, causation_id, correlation_id from journal
      where type = 'StockReleased'`.execute(inventory.database.read);
    expect(facts).toEqual([{ cause: 'EXPIRED', causation_id: null, correlation_id: lost }]);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('that is not due, or has no units of what is ordered, is left alone', async () => {
    const [alive] = await held(hour, { A: 10 });
    const [other] = await held(-1, { B: 1 });
    const next = anOrderPlaced({ A: 1 });
    await handle(next);
    expect(await statusesOf(alive!, other!, next.data.orderId)).toEqual(['HELD', 'HELD', 'REJECTED']);
  });

  it('that is due is not sold twice by batches that come at once, whichever else they cancel', async () => {
    for (let round = 0; round < 5; round += 1) {
      const due = await held(-1, { A: 2 }, { A: 2 }, { A: 2 }, { A: 2 }, { A: 2, B: 1 });
      const batches = due.map((id) => [
        anOrderCancelled(id),
        anOrderPlaced({ A: 2 }),
        anOrderPlaced({ A: 1 }),
      ]);
      await Promise.all([...batches.map((batch) => handle(...batch)), sweep(2), sweep(2)]);
      expect(await unbalancedLevels(inventory.database)).toEqual([]);
      const { levels, statuses } = await readBooks(inventory.database);
      expect(sumOf(levels.filter(({ sku }) => sku === 'A'))).toBe(10);
      for (const id of due) expect(['EXPIRED', 'RELEASED']).toContain(statuses[id]);
      await handle(...Object.keys(statuses).map((id) => anOrderCancelled(id)));
    }
  });

  it('that was confirmed while a batch waited for it is kept, and the batch decides without its units', async () => {
    const { database } = inventory;
    const [orderId] = await held(-1, { A: 10 });
    const next = anOrderPlaced({ A: 1 });
    const { handling } = await database.transaction(async (tx) => {
      await sql`update reservation set expires_at = null where order_id = ${orderId}::uuid`.execute(tx);
      const handling = handle(next);
      expect(await waitUntil(isWaitingForLock, { withinMs: 3_000, everyMs: 10 })).toBe(true);
      return { handling };
    });
    await handling;
    expect(await statusesOf(orderId!, next.data.orderId)).toEqual(['HELD', 'REJECTED']);
  });
});

const sumOf = (levels: readonly Level[]): number => levels.reduce((sum, { reserved }) => sum + reserved, 0);

describe('shipping', () => {
  it('takes the units off hand with their movements, once, and leaves nothing reserved', async () => {
    const order = anOrderPlaced({ A: 6 });
    const { orderId } = order.data;
    await handle(order);
    expect(await confirm(orderId)).toBeNull();
    await handle(anOrderShipping(orderId), anOrderShipping(orderId));
    await handle(anOrderShipping(orderId), order, anOrderCancelled(orderId));
    const { levels, statuses, stated } = await readBooks(inventory.database);
    expect(statuses[orderId]).toBe('SHIPPED');
    expect(levels.map(({ onHand, reserved }) => [onHand, reserved])).toEqual([
      [0, 0],
      [1, 0],
      [3, 0],
      [4, 0],
    ]);
    expect(stated.map(({ type }) => type)).toEqual(['StockReserved', 'StockConfirmed']);
    const { rows } = await sql`
      select zone, on_hand_change, reserved_change, on_hand_after, reserved_after from stock_movement
      where kind = 'SHIPPED' order by id`.execute(inventory.database.read);
    expect(rows).toEqual([
      { zone: 'PRIMARY', on_hand_change: -5, reserved_change: -5, on_hand_after: 0, reserved_after: 0 },
      { zone: 'BACK', on_hand_change: -1, reserved_change: -1, on_hand_after: 1, reserved_after: 0 },
    ]);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
    expect(await confirm(orderId)).toBeNull();
  });

  it('of an order that holds nothing is refused whole, and its decision row stays as it was', async () => {
    const unknown = anOrderShipping(randomUUID());
    await expect(handle(unknown)).rejects.toThrow(/inventory never heard of it/);
    const [lost] = await held(-1, { A: 1 });
    await sweep();
    await expect(handle(anOrderPlaced({ A: 1 }), anOrderShipping(lost!))).rejects.toThrow(
      /its stock is EXPIRED/,
    );
    const { statuses } = await readBooks(inventory.database);
    expect(statuses).toEqual({ [lost!]: 'EXPIRED' });
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });
});
