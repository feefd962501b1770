import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, type Database } from '@holdfast/messaging';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { loadPlaces } from '../places/places.ts';
import { countUnpublished } from '../queries/outbox-size.ts';
import { anOrdersDatabase, aSilentLog, readEverything } from '../testing.ts';
import { saysServerAway } from '@holdfast/messaging';
import { createGroupWriter } from './group-writer.ts';
import { createOutboxGauge } from './outbox-gauge.ts';
import type { PlaceOrderInput } from './place-order-input.ts';
import { placeOrder, type PlaceOrderParts } from './place-order.ts';
import { writePlaceOrders, type PlaceOrder, type PlaceOrderResult } from './place-orders-group.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;
let parts: PlaceOrderParts;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
  parts = {
    places: loadPlaces(),
    writer: createGroupWriter<PlaceOrder, PlaceOrderResult>({
      write: (group) => writePlaceOrders(database, 'GBP', group),
      isDatabaseAway: saysServerAway,
      weigh: ({ draft }) => draft.lines.length,
    }),
    outbox: { isFull: () => false },
    log: aSilentLog,
  };
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const anInput = (changes: Partial<PlaceOrderInput> = {}): PlaceOrderInput => ({
  idempotencyKey: newEventId(),
  destination: { country: 'GB', city: 'London' },
  lines: [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ],
  ...changes,
});
const place = (changes: Partial<PlaceOrderInput> = {}, customerId = 'ada') =>
  placeOrder(parts, anInput(changes), { customerId, isOperator: false }, null);
const idOf = (result: PlaceOrderResult) => ('order' in result ? result.order.id : result.problems[0]?.code);

describe('Placing an order', () => {
  it.each<[string, Partial<PlaceOrderInput>, string]>([
    ['no lines', { lines: [] }, 'INVALID_INPUT'],
    [
      '2,001 lines',
      { lines: Array.from({ length: 2_001 }, () => ({ sku: 'A', quantity: 1 })) },
      'INVALID_INPUT',
    ],
    ['quantity 0', { lines: [{ sku: 'A', quantity: 0 }] }, 'INVALID_INPUT'],
    ['quantity 1,000,001', { lines: [{ sku: 'A', quantity: 1_000_001 }] }, 'INVALID_INPUT'],
    ['an unknown SKU', { lines: [{ sku: 'none', quantity: 1 }] }, 'UNKNOWN_SKU'],
    ['an unknown country', { destination: { country: 'ZZ' } }, 'INVALID_INPUT'],
    ['latitude 91', { destination: { country: 'GB', latitude: 91, longitude: 0 } }, 'INVALID_INPUT'],
    ['latitude without longitude', { destination: { country: 'GB', latitude: 51 } }, 'INVALID_INPUT'],
    ['a city that does not exist', { destination: { country: 'GB', city: 'Atlantis' } }, 'INVALID_INPUT'],
    ['an empty key', { idempotencyKey: '' }, 'INVALID_INPUT'],
    ['an over-long key', { idempotencyKey: 'k'.repeat(201) }, 'INVALID_INPUT'],
    ['control characters', { reference: 'a\u0000b' }, 'INVALID_INPUT'],
    ['another total', { expectedTotal: { amount: '7.01', currencyCode: 'GBP' } }, 'PRICE_CHANGED'],
    ['another currency', { expectedTotal: { amount: '7.00', currencyCode: 'EUR' } }, 'PRICE_CHANGED'],
  ])('with %s changes nothing', async (_name, changes, code) => {
    const before = await readEverything(database);
    expect(idOf(await place(changes))).toBe(code);
    expect(await readEverything(database)).toEqual(before);
  });

  it('with the same key and content again gives the same order, and with other content a problem', async () => {
    const key = newEventId();
    const first = idOf(await place({ idempotencyKey: key }));
    const before = await readEverything(database);
    const split = ['B', 'A', 'A'].map((sku) => ({ sku, quantity: 1 }));
    expect(idOf(await place({ idempotencyKey: key, lines: split }))).toBe(first);
    expect(idOf(await place({ idempotencyKey: key, reference: 'other' }))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await readEverything(database)).toEqual(before);
    expect(idOf(await place({ idempotencyKey: key }, 'bob'))).not.toBe(first);
  });

  it('with the same key ten times at once places one order', async () => {
    const key = newEventId();
    const results = await Promise.all(Array.from({ length: 10 }, () => place({ idempotencyKey: key })));
    expect(new Set(results.map(idOf)).size).toBe(1);
    expect(results.filter((result) => 'isNew' in result && result.isNew)).toHaveLength(1);
  });

  it('that the database refuses fails alone', async () => {
    await sql`alter table orders add constraint no_trouble check (reference <> 'trouble')`.execute(
      database.read,
    );
    const results = await Promise.allSettled(
      ['fine', 'trouble', 'good'].map((reference) => place({ reference })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('is refused while the outbox is full, and taken again once facts are published', async () => {
    const outbox = createOutboxGauge(() => countUnpublished(database.read, 1), 1);
    const full = { ...parts, outbox };
    const tryToPlace = () =>
      placeOrder(full, anInput(), { customerId: 'ada', isOperator: false }, null).catch(
        (error: unknown) => error,
      );
    const isRefused = async () => (await tryToPlace()) instanceof Error;
    expect(await waitUntil(isRefused, { withinMs: 10_000 })).toBe(true);
    expect(await tryToPlace()).toMatchObject({ name: 'OverloadedError', retryAfterMs: 2_000 });
    await sql`update outbox set sequence = journal_id`.execute(database.read);
    expect(await waitUntil(async () => !(await isRefused()), { withinMs: 10_000 })).toBe(true);
  });

  it('whose commit was answered by a dying database is placed once, whatever the client was told', async () => {
    let lost = 0;
    const writer = createGroupWriter<PlaceOrder, PlaceOrderResult>({
      write: (group) =>
        writePlaceOrders(database, 'GBP', group).catch((error: unknown) => {
          lost += 1;
          throw error;
        }),
      isDatabaseAway: saysServerAway,
      weigh: () => 1,
      limits: { commandsPerGroup: 10 },
    });
    const viewer = { customerId: 'ada', isOperator: false };
    const keys = Array.from({ length: 1_000 }, () => newEventId());
    const placeAll = () =>
      keys.map((idempotencyKey) =>
        placeOrder({ ...parts, writer }, anInput({ idempotencyKey }), viewer, null),
      );

    const attempts = placeAll();
    await attempts[50];
    await servers.postgres.kill();
    const told = Promise.allSettled(attempts);
    await servers.postgres.start();
    const ids = (await told).map((outcome) =>
      outcome.status === 'fulfilled' ? idOf(outcome.value) : 'failed',
    );
    expect(lost).toBeGreaterThan(0);
    expect(ids).not.toContain('failed');
    const repeated = await Promise.all(placeAll());
    expect(repeated.map(idOf)).toEqual(ids);
    const { rows } = await sql<{ orders: number; facts: number }>`
      select count(*)::int as orders, count(journal.id)::int as facts
      from orders left join journal on journal.aggregate_id = orders.id::text where orders.id = any(${ids}::uuid[])
      `.execute(database.read);
    expect(rows).toEqual([{ orders: 1_000, facts: 1_000 }]);
  });
});
