import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { aDraft } from '../domain/testing.ts';
import { readOrderLines } from '../queries/order-lines.ts';
import { readOrderTotals } from '../queries/order-totals.ts';
import { anOrdersDatabase, aPlaceOrder, readEverything, withSlowInserts } from '../testing.ts';
import { writePlaceOrders, type PlaceOrder, type PlaceOrderResult } from './place-orders-group.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const write = (...group: readonly PlaceOrder[]) => writePlaceOrders(database, 'GBP', group);
const orderIdOf = (result: PlaceOrderResult | undefined) =>
  result !== undefined && 'order' in result ? result.order.id : result?.problems[0]?.code;
const count = async (table: string) => {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from ${sql.table(table)}`.execute(database.read);
  return rows[0]?.count ?? 0;
};

describe('A group of orders', () => {
  it('records each as PENDING with its lines, its key and its fact, and answers from memory what a reader then sees', async () => {
    const command = aPlaceOrder();
    const [result] = await write(command, aPlaceOrder());
    expect(result).toMatchObject({
      isNew: true,
      order: {
        id: command.orderId,
        status: 'PENDING',
        version: 1,
        total: { amount: '7.00', currencyCode: 'GBP' },
      },
    });
    const stored = await readOrderLines(database.read, [command.orderId]);
    expect(stored.get(command.orderId)).toEqual(
      result !== undefined && 'order' in result ? result.order.lines : undefined,
    );
    const { rows } = await sql<{ data: unknown }>`
      select data from journal where aggregate_id = ${command.orderId}`.execute(database.read);
    expect(rows).toMatchObject([
      {
        data: {
          version: 1,
          from: null,
          to: 'PENDING',
          lines: [
            { sku: 'A', quantity: 2 },
            { sku: 'B', quantity: 1 },
          ],
        },
      },
    ]);
  });

  it('answers a repeated key with the order that it placed, as it is now', async () => {
    const command = aPlaceOrder();
    await write(command);
    await sql`update orders set status = 'RESERVED', version = 2 where id = ${command.orderId}`.execute(
      database.read,
    );
    const before = await readEverything(database);
    const [result] = await write(aPlaceOrder({ key: command.key }));
    expect(result).toMatchObject({ isNew: false, order: { id: command.orderId, status: 'RESERVED' } });
    expect(await readEverything(database)).toEqual(before);
  });

  it('answers a repeated key also when its SKU has left the catalogue meanwhile', async () => {
    const command = aPlaceOrder();
    await write(command);
    const lines = [{ sku: 'gone', quantity: 1, position: 0 }];
    const [result] = await write(aPlaceOrder({ key: command.key, draft: aDraft({ lines }) }));
    expect(orderIdOf(result)).toBe(command.orderId);
  });

  it('refuses a key that was used with other content, and leaves the order alone', async () => {
    const command = aPlaceOrder();
    await write(command);
    const before = await readEverything(database);
    const [result] = await write(aPlaceOrder({ key: command.key, contentHash: Buffer.alloc(32, 2) }));
    expect(result).toMatchObject({
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }],
    });
    expect(await readEverything(database)).toEqual(before);
  });

  it("takes another customer's key for a new one", async () => {
    const command = aPlaceOrder();
    await write(command);
    const other = aPlaceOrder({ key: command.key, draft: aDraft({ customerId: 'bob' }) });
    const [result] = await write(other);
    expect(orderIdOf(result)).toBe(other.orderId);
  });

  it('places one order for a key that is in the group twice, and refuses its third use with other content', async () => {
    const first = aPlaceOrder();
    const again = aPlaceOrder({ key: first.key });
    const changed = aPlaceOrder({ key: first.key, contentHash: Buffer.alloc(32, 2) });
    const results = await write(first, again, changed);
    expect(results.map(orderIdOf)).toEqual([first.orderId, first.orderId, 'IDEMPOTENCY_KEY_REUSED']);
    expect((await readOrderLines(database.read, [again.orderId])).size).toBe(0);
  });

  it('places one order for a key that two groups want at once', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `race-${index}`);
    const groups = await Promise.all(
      [keys, keys.toReversed(), keys, keys.toReversed()].map((group) =>
        write(...group.map((key) => aPlaceOrder({ key }))),
      ),
    );
    const ids = groups.map((results, index) =>
      (index % 2 === 0 ? results : results.toReversed()).map(orderIdOf),
    );
    for (const group of ids) expect(group).toEqual(ids[0]);
    expect(new Set(ids[0]).size).toBe(20);
  });

  it('succeeds beside a group that wants the same keys in opposite order', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `opposite-${index}`);
    const both = await withSlowInserts(database, 'idempotency_key', () =>
      Promise.all([
        write(...keys.map((key) => aPlaceOrder({ key }))),
        write(...keys.toReversed().map((key) => aPlaceOrder({ key }))),
      ]),
    );
    expect(both.flat().filter((result) => 'problems' in result)).toEqual([]);
  });

  it('stores no key for a refused order, so that it may come again', async () => {
    const unknown = aPlaceOrder({ draft: aDraft({ lines: [{ sku: 'X', quantity: 1, position: 7 }] }) });
    const expected = aPlaceOrder({
      draft: aDraft({ expectedTotal: { amountMinor: 1n, currencyCode: 'GBP' } }),
    });
    const before = await readEverything(database);
    const results = await write(unknown, expected);
    expect(results).toMatchObject([
      { problems: [{ code: 'UNKNOWN_SKU', path: ['lines', '7', 'sku'] }] },
      { problems: [{ code: 'PRICE_CHANGED', path: ['expectedTotal'] }] },
    ]);
    expect(await readEverything(database)).toEqual(before);
    const again = aPlaceOrder({ key: unknown.key });
    expect((await write(again)).map(orderIdOf)).toEqual([again.orderId]);
  });

  it('refuses an order that would be too large a fact, and places its neighbours', async () => {
    const skus = Array.from({ length: 1_500 }, (_, index) => `€${index}`.padEnd(200, '€'));
    await sql`insert into catalogue_product select unnest(${skus}::text[]), 1, 'GBP', 1`.execute(
      database.read,
    );
    const lines = skus.map((sku, position) => ({ sku, quantity: 1, position }));
    const neighbour = aPlaceOrder();
    const results = await write(aPlaceOrder({ draft: aDraft({ lines }) }), neighbour);
    expect(results.map(orderIdOf)).toEqual(['INVALID_INPUT', neighbour.orderId]);
  });

  it('is written whole or not at all', async () => {
    const before = await readEverything(database);
    const impossible = aPlaceOrder({
      draft: aDraft({ lines: [{ sku: 'A', quantity: 2_000_000, position: 0 }] }),
    });
    await expect(write(aPlaceOrder(), impossible)).rejects.toThrow(/check|constraint/);
    expect(await readEverything(database)).toEqual(before);
  });

  it('finds its own orders again when it is written a second time, as after a commit whose answer was lost', async () => {
    const group = [aPlaceOrder(), aPlaceOrder()];
    await write(...group);
    const before = await count('orders');
    const results = await write(...group);
    expect(results.map(orderIdOf)).toEqual(group.map(({ orderId }) => orderId));
    expect(await count('orders')).toBe(before);
  });

  it('is counted', async () => {
    const totals = await readOrderTotals(database.read);
    expect(totals.reduce((sum, total) => sum + total.count, 0)).toBe(await count('orders'));
  });
});
