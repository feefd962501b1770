import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import type { BatchHandlers } from './batch-handler.ts';
import { applyFacts, onceEach, quickSettings, testLog } from './consumer-workbench.ts';
import { connectNats } from './connection.ts';
import { NatsAwayError } from './consumer-hold.ts';
import type { Context } from './contracts/contracts.ts';
import type { Fact } from './facts.ts';
import { appendFacts } from './journal.ts';
import { listParked } from './list-parked.ts';
import { startMessaging, type Messaging } from './runtime.ts';
import { anOrderPlaced, aStockReserved, createTestDatabase, waitFor, type TestDatabase } from './testing.ts';

let servers: TestServers;
let ordersDatabase: TestDatabase;
let inventoryDatabase: TestDatabase;
let running: Messaging[] = [];

beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  ordersDatabase = await aServiceDatabase();
  inventoryDatabase = await aServiceDatabase();
});
afterEach(async () => {
  await Promise.all(running.map((messaging) => messaging.stop()));
  running = [];
  await ordersDatabase.close();
  await inventoryDatabase.close();
  await servers.nats.start();
});

async function aServiceDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase(await servers.postgres.createDatabase());
  await sql`create table applied (event_id text not null)`.execute(database.read);
  return database;
}

function start(context: Context, database: TestDatabase, handlers: BatchHandlers): Messaging {
  const messaging = startMessaging({
    context,
    database,
    nats: { url: servers.nats.url },
    log: testLog,
    handlers,
    settings: quickSettings,
  });
  running.push(messaging);
  return messaging;
}

const state = (database: TestDatabase, facts: readonly Fact[]) =>
  database.transaction((tx) => appendFacts(tx, facts));

async function applied(database: TestDatabase): Promise<Record<string, number>> {
  const { rows } = await sql<{ event_id: string; times: number }>`
    select event_id, count(*)::int as times from applied group by event_id`.execute(database.read);
  return Object.fromEntries(rows.map((row) => [row.event_id, row.times]));
}

/** Inventory's side of the flow without its decisions: each order is answered by a fact in the same transaction. */
const answering: BatchHandlers = {
  'inventory-orders': async (tx, facts) => {
    await applyFacts(tx, facts);
    await appendFacts(
      tx,
      facts.flatMap((fact) => (fact.type === 'OrderPlaced' ? [aStockReserved(fact.data.orderId)] : [])),
    );
  },
};

it('starts while NATS is away, and carries facts there and back when it comes', async () => {
  await servers.nats.stop();
  const orders = start('orders', ordersDatabase, { 'orders-reservations': applyFacts });
  start('inventory', inventoryDatabase, answering);
  const facts = Array.from({ length: 5 }, () => anOrderPlaced());
  await state(ordersDatabase, facts);
  orders.wake();
  expect(await orders.status()).toEqual({
    nats: 'disconnected',
    outboxRows: 5,
    outboxOldestAt: facts[0]!.occurredAt,
    relay: { owner: null, epoch: 0, generation: 0, leaseExpiresAt: null },
    consumers: [],
  });
  await servers.nats.start();
  await waitFor(
    'the answers are applied',
    async () => Object.keys(await applied(ordersDatabase)).length === 5,
  );
  expect(await applied(inventoryDatabase)).toEqual(onceEach(facts));
  const status = await waitFor('nothing is on its way', async () => {
    const now = await orders.status();
    return now.outboxRows === 0 && now.consumers[0]?.inProgress === 0 && now;
  });
  expect(status).toEqual({
    nats: 'connected',
    outboxRows: 0,
    outboxOldestAt: null,
    relay: {
      owner: expect.stringContaining(`:${process.pid}:`),
      epoch: 1,
      generation: 0,
      leaseExpiresAt: expect.any(Date),
    },
    consumers: [
      {
        name: 'orders-reservations',
        stream: 'INVENTORY',
        pending: 0,
        inProgress: 0,
        redelivered: 0,
        pausedUntil: null,
      },
    ],
  });
});

it('publishes what a redriven message states', async () => {
  let isRefusing = true;
  const orders = start('orders', ordersDatabase, { 'orders-reservations': applyFacts });
  const inventory = start('inventory', inventoryDatabase, {
    'inventory-orders': async (tx, facts) => {
      if (isRefusing) throw new Error('refused');
      await answering['inventory-orders']!(tx, facts);
    },
  });
  await state(ordersDatabase, [anOrderPlaced()]);
  orders.wake();
  const [row] = await waitFor('it is parked', async () => {
    const rows = await listParked(inventoryDatabase, { first: 10 });
    return rows.length === 1 && rows;
  });
  isRefusing = false;
  expect(await inventory.redrive([row!.id], 'mary')).toEqual({
    changed: 1,
    alreadyHandled: [],
    problems: [],
  });
  await waitFor('the answer is applied', async () => Object.keys(await applied(ordersDatabase)).length === 1);
});

it('stops at once while NATS and PostgreSQL are away', async () => {
  const orders = start('orders', ordersDatabase, { 'orders-reservations': applyFacts });
  await waitFor('it is connected', async () => (await orders.status()).consumers.length === 1);
  await servers.nats.stop();
  await servers.postgres.stop();
  const startedAtMs = performance.now();
  await orders.stop();
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  await servers.postgres.start();
});

it('says at once that it cannot hold a consumer while NATS is away, and holds none when it comes back', async () => {
  const orders = start('orders', ordersDatabase, { 'orders-reservations': applyFacts });
  const inAMinute = () => new Date(Date.now() + 60_000);
  const isConnected = async () => (await orders.status()).consumers.length === 1;
  await waitFor('it is connected', isConnected);
  expect(await orders.holdConsumer('orders-reservations', inAMinute())).not.toBeNull();
  expect((await orders.status()).consumers[0]!.pausedUntil!.getTime()).toBeGreaterThan(Date.now());
  expect(await orders.holdConsumer('orders-reservations', null)).toBeNull();
  await servers.nats.stop();
  await waitFor('it noticed', async () => (await orders.status()).nats === 'disconnected');
  const startedAtMs = performance.now();
  await expect(orders.holdConsumer('orders-reservations', inAMinute())).rejects.toThrow(NatsAwayError);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  await servers.nats.start();
  await waitFor('it is back', isConnected);
  expect((await orders.status()).consumers[0]!.pausedUntil).toBeNull();
});

it('says within seconds that a frozen NATS does not answer', async () => {
  const orders = start('orders', ordersDatabase, { 'orders-reservations': applyFacts });
  await waitFor('it is connected', async () => (await orders.status()).consumers.length === 1);
  process.kill(servers.nats.pid, 'SIGSTOP');
  try {
    const startedAtMs = performance.now();
    await expect(orders.holdConsumer('orders-reservations', new Date())).rejects.toThrow(NatsAwayError);
    expect(performance.now() - startedAtMs).toBeLessThan(4_000);
  } finally {
    process.kill(servers.nats.pid, 'SIGCONT');
  }
});

it('sends live levels again when NATS comes back, and none from when it was away', async () => {
  const { signal } = new AbortController();
  const nats = await connectNats({ url: servers.nats.url, name: 'witness', signal, log: testLog });
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name: 'WITNESS', subjects: ['live.test'] });
  const orders = start('orders', ordersDatabase, {});
  const isNow = (wanted: string) => async () => (await orders.status()).nats === wanted;
  await waitFor('it is connected', isNow('connected'));
  await servers.nats.stop();
  await waitFor('it noticed', isNow('disconnected'));
  orders.publishLive('live.test', 'stale');
  await servers.nats.start();
  await waitFor('it is back', isNow('connected'));
  orders.publishLive('live.test', 'current');
  const first = await waitFor('one is received', () =>
    manager.streams.getMessage('WITNESS', { seq: 1 }).catch(() => null),
  );
  expect(first.string()).toBe('current');
  await nats.close();
});
