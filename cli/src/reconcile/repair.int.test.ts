import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import pg from 'pg';
import { tradeLines } from '../generate/trade.ts';
import { createGatewayClient, type GatewayClient } from '../replay/gateway-client.ts';
import { replayOptions } from '../replay/options.ts';
import { runReplay } from '../replay/run-replay.ts';
import { TestFiles } from '../testing/test-files.ts';
import { startWholeTestSystem, type TestSystem } from '../testing/test-system.ts';
import { reconcile, type ReconcileOptions } from './run-reconcile.ts';

const files = new TestFiles();
let system: TestSystem;
let gateway: GatewayClient;
let orders: pg.Client;
let inventory: pg.Client;
/** RESERVED ones that nothing was done to yet. */
let reserved: string[];

beforeAll(async () => {
  system = await startWholeTestSystem();
  const path = files.raw(
    'trade.csv',
    [...tradeLines({ seed: 5, invoices: 40, skus: 15, firstInvoice: 1 })].join('\n'),
  );
  const targets = {
    graphqlUrl: system.graphqlUrl,
    headers: {},
    processes: () => [],
    currencyCode: 'GBP',
    progress: { write: () => true },
    print: () => undefined,
  };
  expect(await runReplay(replayOptions([path]), targets)).toBe(true);
  gateway = createGatewayClient({ url: system.graphqlUrl, connections: 1, waitMs: 20_000 });
  orders = new pg.Client({ connectionString: system.ordersDatabaseUrl });
  inventory = new pg.Client({ connectionString: system.inventoryDatabaseUrl });
  await Promise.all([orders.connect(), inventory.connect()]);
  const { rows } = await orders.query<{ id: string }>(
    "select id::text from orders where status = 'RESERVED' order by id",
  );
  reserved = rows.map(({ id }) => id);
}, 400_000);

afterAll(async () => {
  await gateway?.close();
  await Promise.all([orders?.end(), inventory?.end()]);
  await system?.stop();
  files.remove();
});

async function reconciled(options: Partial<ReconcileOptions> = {}) {
  const lines: string[] = [];
  const isBalanced = await reconcile(
    {
      ordersDatabaseUrl: system.ordersDatabaseUrl,
      inventoryDatabaseUrl: system.inventoryDatabaseUrl,
      natsUrl: system.servers.nats.url,
      gateway: { url: system.graphqlUrl, headers: {} },
    },
    { settleMs: 0, print: (line) => void lines.push(line), ...options },
  );
  return { isBalanced, lines, text: lines.join('\n') };
}

/** Every row of every table that a repair could touch. */
async function everything(): Promise<unknown> {
  const contents: Record<string, unknown> = {};
  const messaging = ['journal', 'inbox', 'outbox', 'parked'];
  for (const [client, tables] of [
    [orders, ['orders', 'order_line', ...messaging]],
    [
      inventory,
      ['stock_level', 'stock_movement', 'reservation', 'allocation', 'stock_command', ...messaging],
    ],
  ] as const)
    for (const table of tables) {
      const { rows } = await client.query<{ hash: string; count: string }>(
        `select md5(string_agg(t::text, ',' order by t::text)) as hash, count(*) from ${table} t`,
      );
      contents[`${client === orders ? 'orders' : 'inventory'}.${table}`] = rows[0];
    }
  return contents;
}

const statusOf = async (orderId: string) =>
  (await orders.query<{ status: string }>('select status from orders where id = $1', [orderId])).rows[0]
    ?.status;
const reservationOf = async (orderId: string) =>
  (await inventory.query<{ status: string }>('select status from reservation where order_id = $1', [orderId]))
    .rows[0]?.status;

/** Cancels an order, and then takes its release back in the books. */
async function tieAgain(orderId: string): Promise<void> {
  await gateway.request(
    'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { problems { code } } }',
    {
      id: orderId,
    },
  );
  const isReleased = async () => (await reservationOf(orderId)) === 'RELEASED';
  expect(await waitUntil(isReleased, { withinMs: 30_000 })).toBe(true);
  await inventory.query("update reservation set status = 'HELD' where order_id = $1", [orderId]);
  await inventory.query("delete from stock_movement where order_id = $1 and kind = 'RELEASED'", [orderId]);
  await inventory.query(
    `update stock_level set reserved = reserved + quantity from allocation
     where order_id = $1 and allocation.sku = stock_level.sku and allocation.facility_id = stock_level.facility_id
       and allocation.zone = stock_level.zone`,
    [orderId],
  );
}

/** Takes back in orders' books that an order heard of its reservation. */
async function forgetReservation(orderId: string): Promise<void> {
  await orders.query(
    `delete from outbox where journal_id in (select id from journal where aggregate_id = $1 and version > 1)`,
    [orderId],
  );
  await orders.query('delete from journal where aggregate_id = $1 and version > 1', [orderId]);
  await orders.query("update orders set status = 'PENDING', version = 1 where id = $1", [orderId]);
}

/** Takes back in inventory's books all that it ever did about an order. */
async function forgetOrder(orderId: string): Promise<void> {
  await inventory.query(
    `update stock_level set reserved = reserved - quantity from allocation
     where order_id = $1 and allocation.sku = stock_level.sku and allocation.facility_id = stock_level.facility_id
       and allocation.zone = stock_level.zone`,
    [orderId],
  );
  await inventory.query('delete from allocation where order_id = $1', [orderId]);
  await inventory.query('delete from stock_movement where order_id = $1', [orderId]);
  await inventory.query('delete from reservation where order_id = $1', [orderId]);
  await inventory.query(
    'delete from outbox where journal_id in (select id from journal where aggregate_id = $1)',
    [orderId],
  );
  await inventory.query('delete from journal where aggregate_id = $1', [orderId]);
  const { rows } = await orders.query<{ event_id: string }>(
    'select event_id from journal where aggregate_id = $1',
    [orderId],
  );
  await inventory.query('delete from inbox where event_id = any($1)', [rows.map(({ event_id }) => event_id)]);
}

describe('reconcile --repair', () => {
  it('explains what is missing, changes nothing until it is to apply, mends it then, and has nothing left to do', async () => {
    const [released, forgotten, untied] = [reserved.pop()!, reserved.pop()!, reserved.pop()!];
    await tieAgain(released);
    await forgetReservation(forgotten);
    await forgetOrder(untied);
    const { rows: levels } = await inventory.query<{ sku: string; facility_id: string }>(
      `select sku, facility_id from stock_level where reserved < on_hand order by sku, facility_id, zone limit 2`,
    );
    const nth = (n: number) =>
      `(sku, facility_id, zone) = (select sku, facility_id, zone from stock_level where reserved < on_hand
                                   order by sku, facility_id, zone limit 1 offset ${n})`;
    await inventory.query(`update stock_level set reserved = reserved + 1 where ${nth(1)}`);
    await inventory.query(`update stock_level set on_hand = on_hand + 7 where ${nth(0)}`);
    expect(levels).toHaveLength(2);
    const before = await everything();

    const explained = await reconciled({ isExplaining: true, repair: 'PROPOSE' });
    expect(explained.isBalanced).toBe(false);
    for (const line of [
      `order ${released} is CANCELLED, its reservation HELD`,
      `order ${forgotten} is PENDING, its reservation HELD`,
      `order ${untied} is RESERVED, its reservation no reservation`,
      'inventory stated nothing about it',
      'missing: OrderPlaced in the inbox of inventory-orders',
      'the movements sum to',
      'movements of +7 are missing',
      'every movement follows from those before it: the row was changed without one',
      `have inventory-orders handle OrderCancelled of order ${released}`,
      `have orders-reservations handle StockReserved of order ${forgotten}`,
      'have inventory-orders handle message ',
      'on hand +7, reserved 0; reserved stays ',
      'on hand 0, reserved 0; reserved becomes ',
      'nothing was changed: --repair --apply does what a machine can',
    ])
      expect(explained.text).toContain(line);
    expect(await everything()).toEqual(before);

    const applied = await reconciled({ repair: 'APPLY' });
    expect(applied.text).not.toContain('failed: ');
    const isGreen = async () => (await reconciled()).isBalanced;
    expect(await waitUntil(isGreen, { withinMs: 60_000 })).toBe(true);
    const states = [];
    for (const orderId of [released, forgotten, untied])
      states.push(`${await statusOf(orderId)} ${await reservationOf(orderId)}`);
    expect(states).toEqual(['CANCELLED RELEASED', 'RESERVED HELD', 'RESERVED HELD']);

    const mended = await everything();
    const again = await reconciled({ repair: 'APPLY' });
    expect(again.lines.at(-1)).toBe('the books balance');
    expect(await everything()).toEqual(mended);
  }, 240_000);

  it('does the same proposal once, though the damage is done again in the same words', async () => {
    const orderId = reserved.pop()!;
    await forgetReservation(orderId);
    const eventIdOf = ({ text }: { text: string }) =>
      /as ([0-9a-f-]{36}): the order is PENDING/.exec(text)?.[1];
    const first = eventIdOf(await reconciled({ repair: 'PROPOSE' }));
    expect(first).toBeDefined();
    expect(eventIdOf(await reconciled({ repair: 'PROPOSE' }))).toBe(first);
    await reconciled({ repair: 'APPLY' });
    await forgetReservation(orderId);
    const { text } = await reconciled({ repair: 'APPLY' });
    expect(text).toContain('nothing to do any more: have orders-reservations handle StockReserved');
    await orders.query('delete from inbox where event_id = $1', [first]);
    await orders.query('delete from parked where event_id = $1', [first]);
    await reconciled({ repair: 'APPLY' });
    expect(await waitUntil(async () => (await reconciled()).isBalanced, { withinMs: 60_000 })).toBe(true);
  }, 240_000);

  it('says what a person has to look at, and leaves that alone', async () => {
    const orderId = reserved.pop()!;
    await inventory.query("update reservation set status = 'RELEASED' where order_id = $1", [orderId]);
    await orders.query('update order_line set quantity = quantity + 1 where order_id = $1', [
      reserved.at(-1),
    ]);
    const { isBalanced, text, lines } = await reconciled({ repair: 'PROPOSE' });
    expect(isBalanced).toBe(false);
    expect(text).toContain(
      `a person has to look at order ${orderId}: the customer was told that stock is tied, and none is`,
    );
    expect(text).toContain(
      `a person has to look at order ${reserved.at(-1)}: other quantities are tied than were ordered`,
    );
    // The levels follow what is still HELD.
    expect(lines.at(-1)).toBe('nothing was changed: --repair --apply does what a machine can');
    await inventory.query("update reservation set status = 'HELD' where order_id = $1", [orderId]);
    const before = await everything();
    const people = await reconciled({ repair: 'APPLY' });
    expect(people.lines.at(-1)).toBe('nothing was changed: a machine cannot know what is right');
    expect(await everything()).toEqual(before);
  }, 240_000);
});
