import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { tradeLines } from '../generate/trade.ts';
import { replayOptions } from '../replay/options.ts';
import { runReplay } from '../replay/run-replay.ts';
import { TestFiles } from '../testing/test-files.ts';
import { startWholeTestSystem, type TestSystem } from '../testing/test-system.ts';
import { reconcile, ReconcileImpossibleError, type BooksAddresses } from './run-reconcile.ts';

const files = new TestFiles();
let system: TestSystem;

beforeAll(async () => {
  system = await startWholeTestSystem();
  const path = files.raw(
    'trade.csv',
    [...tradeLines({ seed: 3, invoices: 60, skus: 25, firstInvoice: 1 })].join('\n'),
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
  for (const name of ['gateway', 'orders', 'inventory'] as const) await system.end(name, 'SIGTERM');
}, 180_000);

afterAll(async () => {
  await system.stop();
  files.remove();
});

async function run(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

let copies = 0;

/** Copies of both databases as replay left them, for a test to break. */
async function copyBooks(): Promise<BooksAddresses> {
  copies += 1;
  const { postgres, nats } = system.servers;
  for (const name of ['orders', 'inventory']) {
    await run(postgres.url('postgres'), `create database ${name}_${copies} template ${name}`);
  }
  return {
    ordersDatabaseUrl: postgres.url(`orders_${copies}`),
    inventoryDatabaseUrl: postgres.url(`inventory_${copies}`),
    natsUrl: nats.url,
  };
}

/** Breaks a copy of the books and gives what reconcile prints of them, and whether it finds that they balance. */
async function reconciled(damage: { orders?: string; inventory?: string }, settleMs = 0) {
  const addresses = await copyBooks();
  if (damage.orders !== undefined) await run(addresses.ordersDatabaseUrl, damage.orders);
  if (damage.inventory !== undefined) await run(addresses.inventoryDatabaseUrl, damage.inventory);
  const lines: string[] = [];
  const isBalanced = await reconcile(addresses, { settleMs, print: (line) => lines.push(line) });
  return {
    isBalanced,
    text: lines.join('\n'),
    broken: lines.flatMap((line) => /^rule (\d) {2}BROKEN/.exec(line)?.[1] ?? []),
  };
}

describe('reconcile', () => {
  it('finds no violation in books that no one touched, and says how much it looked at', async () => {
    const { isBalanced, text } = await reconciled({}, 10_000);
    expect(text).not.toMatch(/BROKEN|looked at 0/);
    for (const rule of [2, 3, 4, 5, 6]) expect(text).toMatch(new RegExp(`^rule ${rule}  holds`, 'm'));
    expect(text).toMatch(/looked at [1-9]\d* orders, [1-9]\d* reservations, [1-9]\d* of them HELD/);
    expect(isBalanced).toBe(true);
  });

  it('names a level that promises more than it has (rule 2)', async () => {
    const { isBalanced, text, broken } = await reconciled({
      inventory: `do $$ declare name text; begin
          for name in select conname from pg_constraint where conrelid = 'stock_level'::regclass and contype = 'c' loop
            execute format('alter table stock_level drop constraint %I', name);
          end loop; end $$;
        update stock_level set reserved = on_hand + 1 where (sku, facility_id, zone) = (select sku, facility_id, zone from stock_level order by 1, 2, 3 limit 1)`,
    });
    expect(isBalanced).toBe(false);
    expect(broken).toEqual(['2', '3']);
    expect(text).toMatch(/violation: \S+ at \S+ (PRIMARY|BACK): on hand (\d+), reserved \d+/);
    expect(text).toContain('stock_level has no CHECK on reserved');
  });

  it('names a level whose units no movement explains (rule 3)', async () => {
    const { isBalanced, text, broken } = await reconciled({
      inventory: `update stock_level set on_hand = on_hand + 7 where (sku, facility_id, zone) = (select sku, facility_id, zone from stock_level order by 1, 2, 3 limit 1)`,
    });
    expect({ isBalanced, broken }).toEqual({ isBalanced: false, broken: ['3'] });
    expect(text).toMatch(/violation: \S+ at \S+ \S+: on hand \d+, movements sum to \d+/);
  });

  it('names a level that promises what is allocated to nobody (rule 3)', async () => {
    const { text, broken } = await reconciled({
      inventory: `delete from allocation where (order_id, sku) = (select order_id, sku from allocation order by 1, 2 limit 1)`,
    });
    expect(broken).toEqual(['3', '4']);
    expect(text).toMatch(/violation: .* reserved \d+, HELD allocations sum to \d+/);
    expect(text).toMatch(/violation: order \S+: the order is RESERVED: \d+ of \S+ ordered, \d+ tied/);
  });

  it.each([
    [
      'a RESERVED order without its reservation',
      "update orders set status = 'RESERVED', rejection = null where id = (select id from orders where status = 'REJECTED' limit 1)",
      'the order is RESERVED, its reservation REJECTED',
    ],
    [
      'a CANCELLED order that still ties stock',
      "update orders set status = 'CANCELLED', cancellation_code = 'OPERATOR' where id = (select id from orders where status = 'RESERVED' limit 1)",
      'the order is CANCELLED, its reservation HELD',
    ],
    [
      'an order with other quantities than it ties',
      "update order_line set quantity = quantity + 1 where (order_id, line_number) = (select order_id, 1 from orders join order_line on order_id = id where status = 'RESERVED' limit 1)",
      'ordered, ',
    ],
    [
      'a reservation of no order',
      "delete from orders where id = (select id from orders where status = 'RESERVED' limit 1)",
      'a HELD reservation of an order that does not exist',
    ],
  ])('names %s (rule 4)', async (_, orders, expected) => {
    const { isBalanced, text, broken } = await reconciled({ orders });
    expect(isBalanced).toBe(false);
    expect(broken).toContain('4');
    expect(text).toContain(expected);
  });

  it('shows what changed within the time to settle as in flight, not as a violation', async () => {
    const { text, broken } = await reconciled(
      {
        orders:
          "update orders set status = 'RESERVED', rejection = null, updated_at = now() where id = (select id from orders where status = 'REJECTED' limit 1)",
      },
      60_000,
    );
    expect(broken).not.toContain('4');
    expect(text).toMatch(
      /in flight: order \S+: the order is RESERVED, its reservation REJECTED; last changed \d/,
    );
  });

  it.each([
    [
      'a gap in the versions',
      "update journal set version = version + 1 where id = (select max(id) from journal where aggregate = 'order')",
      /order \S+: its change number 2 carries version 3/,
    ],
    [
      'a change that begins where none ended',
      `update journal set data = replace(data::text, '"PENDING"', '"SHIPPING"')::json where id = (select max(id) from journal where type = 'OrderReserved')`,
      /version 2 begins in SHIPPING, the one before ended in PENDING/,
    ],
    [
      'an order that stands where no fact left it',
      'update orders set version = 9 where id = (select min(id::text)::uuid from orders)',
      /order \S+: is \S+ version 9, its last fact says \S+ version 2/,
    ],
    [
      'an order without a fact',
      'delete from journal where aggregate_id = (select min(id::text) from orders)',
      /order \S+: has no fact in the journal/,
    ],
  ])('names %s (rule 5)', async (_, orders, expected) => {
    const { isBalanced, text, broken } = await reconciled({ orders });
    expect(isBalanced).toBe(false);
    expect(broken).toContain('5');
    expect(text).toMatch(expected);
  });

  it('names a fact of a journal that its stream does not have (rule 6)', async () => {
    const { isBalanced, text, broken } = await reconciled({
      orders:
        "update journal set event_id = gen_random_uuid() where id = (select min(id) from journal where type = 'OrderPlaced')",
    });
    expect({ isBalanced, broken }).toEqual({ isBalanced: false, broken: ['6'] });
    expect(text).toMatch(/violation: OrderPlaced of \S+ version 1 is not in stream ORDERS/);
  });

  it.each([
    [
      'inventory-orders',
      {
        inventory:
          "delete from inbox where event_id = (select min(event_id::text)::uuid from inbox where consumer = 'inventory-orders')",
      },
    ],
    [
      'orders-reservations',
      {
        orders:
          "delete from inbox where event_id = (select min(event_id::text)::uuid from inbox where consumer = 'orders-reservations')",
      },
    ],
    [
      'orders-catalogue',
      {
        orders:
          "delete from inbox where event_id = (select min(event_id::text)::uuid from inbox where consumer = 'orders-catalogue')",
      },
    ],
  ])('names a message that %s neither handled nor parked (rule 6)', async (consumer, damage) => {
    const { isBalanced, text, broken } = await reconciled(damage);
    expect({ isBalanced, broken }).toEqual({ isBalanced: false, broken: ['6'] });
    expect(text).toMatch(
      new RegExp(
        `violation: message \\d+ of \\S+ \\(\\S+ \\S+\\) was neither handled by ${consumer} nor parked`,
      ),
    );
  });

  it('names a product that orders knows in another version (rule 6)', async () => {
    const { text, broken } = await reconciled({
      orders: 'update catalogue_product set version = 5 where sku = (select min(sku) from catalogue_product)',
    });
    expect(broken).toEqual(['6']);
    expect(text).toMatch(/violation: product \S+: version 1 in inventory, 5 in orders/);
  });

  it('shows ten violations of many and counts them all', async () => {
    const { text } = await reconciled({ inventory: 'update stock_level set on_hand = on_hand + 1' });
    expect(text.match(/violation: /g)).toHaveLength(10);
    expect(text).toMatch(/… \d+ more/);
  });

  it('cannot run without a database or NATS, and says which', async () => {
    const addresses = await copyBooks();
    const attempt = reconcile(
      { ...addresses, natsUrl: 'nats://127.0.0.1:1' },
      { settleMs: 0, print: () => undefined },
    );
    await expect(attempt).rejects.toThrow(ReconcileImpossibleError);
    await expect(attempt).rejects.toThrow(/^NATS does not answer/);
  });

  it('puts facts back that a stream lost when it is told to repair and to apply that', async () => {
    const nats = await connect({ servers: system.servers.nats.url });
    await (await jetstreamManager(nats)).streams.delete('ORDERS');
    await nats.close();
    // What is younger than the time to settle below would count as on its way.
    await run(
      system.ordersDatabaseUrl,
      "delete from outbox; update journal set occurred_at = occurred_at - interval '5 minutes'",
    );
    await Promise.all([system.start('orders'), system.start('inventory')]);
    const lines: string[] = [];
    const options = { settleMs: 2_000, print: (line: string) => void lines.push(line) };
    const addresses = {
      ordersDatabaseUrl: system.ordersDatabaseUrl,
      inventoryDatabaseUrl: system.inventoryDatabaseUrl,
      natsUrl: system.servers.nats.url,
    };
    expect(await reconcile(addresses, options)).toBe(false);
    expect(lines.join('\n')).toMatch(
      /violation: Order\S+ of \S+ version \d is not in stream ORDERS, and not in the outbox either/,
    );
    expect(await reconcile(addresses, { ...options, repair: 'PROPOSE' })).toBe(false);
    expect(lines.join('\n')).toMatch(/put [1-9]\d* facts of orders back into its outbox/);
    expect(lines.at(-1)).toBe('nothing was changed: --repair --apply does what a machine can');
    const { rows } = await run(system.ordersDatabaseUrl, 'select 1 from outbox');
    expect(rows).toEqual([]);
    lines.length = 0;
    expect(await reconcile(addresses, { ...options, settleMs: 30_000, repair: 'APPLY' })).toBe(true);
    expect(lines.join('\n')).toMatch(/^done: put [1-9]\d* facts of orders back into its outbox$/m);
    expect(lines.at(-1)).toBe('the books balance');
  });
});
