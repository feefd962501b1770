import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { handleOrderFacts } from '../consumers/order-facts.ts';
import { readReservations } from '../queries/reservations.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  deliver,
  emptyTables,
  readBooks,
  seedStock,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';
import { confirmOrder, extendHold } from './change-hold.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(async () => {
  await emptyTables(inventory.database);
  await seedStock(inventory.database, [{ sku: 'A', facilityId: 'f1', onHand: 5 }]);
});

const aRequest = (orderId: string, customerId: string | null = null) => ({
  orderId,
  customerId,
  correlationId: randomUUID(),
  traceparent: null,
});
/** An order of customer-1 whose hold ends so many minutes from now; null for no end. */
async function heldOrder(minutesLeft: number | null): Promise<string> {
  const order = anOrderPlaced({ A: 1 });
  await deliver(
    inventory.database,
    handleOrderFacts(() => {}),
    [order],
  );
  await sql`update reservation set expires_at = now() + ${minutesLeft}::integer * interval '1 minute'`.execute(
    inventory.database.read,
  );
  return order.data.orderId;
}
const confirm = (orderId: string, customerId?: string) =>
  confirmOrder(inventory.database, aRequest(orderId, customerId ?? null));
const typesStated = async () => (await readBooks(inventory.database)).stated.map(({ type }) => type);

describe('confirming a hold', () => {
  it('states StockConfirmed once, also when it is asked twice at once', async () => {
    const orderId = await heldOrder(5);
    expect(await Promise.all([confirm(orderId), confirm(orderId)])).toEqual([null, null]);
    expect(await typesStated()).toEqual(['StockReserved', 'StockConfirmed']);
    const reservations = await readReservations(inventory.database.read, [orderId]);
    expect(reservations.get(orderId)).toMatchObject({ status: 'HELD', expiresAt: null });
  });

  it('waits for another change of the hold, and decides on what that left', async () => {
    const { database } = inventory;
    const orderId = await heldOrder(5);
    const { confirmation } = await database.transaction(async (tx) => {
      await sql`update reservation set expires_at = now() where order_id = ${orderId}`.execute(tx);
      const confirmation = confirm(orderId);
      const isWaiting = async () =>
        (await sql`select from pg_locks where not granted`.execute(database.read)).rows.length > 0;
      expect(await waitUntil(isWaiting, { withinMs: 3_000, everyMs: 10 })).toBe(true);
      return { confirmation };
    });
    expect(await confirmation).toMatchObject({ code: 'HOLD_EXPIRED' });
    expect(await typesStated()).toEqual(['StockReserved']);
  });

  it('leaves the hold as it was when its fact cannot be stated', async () => {
    const { database } = inventory;
    const orderId = await heldOrder(5);
    const [before] = (await readReservations(database.read, [orderId])).values();
    await sql`
      insert into journal (event_id, type, aggregate, aggregate_id, version, occurred_at, correlation_id, data)
      select gen_random_uuid(), type, aggregate, aggregate_id, version + 1, occurred_at, correlation_id, data
      from journal where aggregate_id = ${orderId}`.execute(database.read);
    await expect(confirm(orderId)).rejects.toThrow(/unique/);
    const [after] = (await readReservations(database.read, [orderId])).values();
    expect(after).toEqual(before);
  });

  it('is refused when it is due, though nobody has released it yet', async () => {
    const orderId = await heldOrder(0);
    expect(await confirm(orderId)).toMatchObject({ code: 'HOLD_EXPIRED' });
    expect(await typesStated()).toEqual(['StockReserved']);
  });

  it('is refused for an order that was cancelled, and one that never was', async () => {
    const orderId = await heldOrder(5);
    await deliver(
      inventory.database,
      handleOrderFacts(() => {}),
      [anOrderCancelled(orderId)],
    );
    expect(await confirm(orderId)).toMatchObject({ code: 'HOLD_EXPIRED' });
    for (const unknown of [randomUUID(), 'no id', '']) {
      expect(await confirm(unknown)).toMatchObject({ code: 'ORDER_NOT_FOUND', path: ['orderId'] });
    }
  });

  it("answers another customer's order as one that does not exist", async () => {
    const orderId = await heldOrder(5);
    expect(await confirm(orderId, 'customer-2')).toEqual(await confirm(randomUUID(), 'customer-2'));
    expect(await confirm(orderId, 'customer-1')).toBeNull();
  });
});

describe('extending a hold', () => {
  it('moves its end by the minutes asked for, and states nothing', async () => {
    const orderId = await heldOrder(5);
    const [before] = (await readReservations(inventory.database.read, [orderId])).values();
    expect(await extendHold(inventory.database, aRequest(orderId), 30)).toBeNull();
    const [after] = (await readReservations(inventory.database.read, [orderId])).values();
    expect(after!.expiresAt!.getTime() - before!.expiresAt!.getTime()).toBe(30 * 60_000);
    expect(await typesStated()).toEqual(['StockReserved']);
  });

  it('takes 1 to 10,080 whole minutes', async () => {
    const orderId = await heldOrder(5);
    for (const minutes of [0, -1, 10_081, 1.5]) {
      const problem = await extendHold(inventory.database, aRequest(orderId), minutes);
      expect(problem).toMatchObject({ code: 'INVALID_INPUT', path: ['minutes'] });
    }
  });
});
