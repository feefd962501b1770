import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { cp, rm } from 'node:fs/promises';
import { pino } from 'pino';
import type { BatchHandler } from './batch-handler.ts';
import { applyFacts, onceEach, quickSettings } from './consumer-workbench.ts';
import type { Fact } from './facts.ts';
import { storedGeneration } from './generation.ts';
import { asUser, withUsers } from './nats-users-workbench.ts';
import { provisionTopology } from './provision-topology.ts';
import { awaitPublished, freshDatabase, stateFacts, testLog } from './relay-workbench.ts';
import { startMessaging, type Messaging } from './runtime.ts';
import { anOrderPlaced, aStockReserved, waitFor, type TestDatabase } from './testing.ts';
import { appendFacts } from './journal.ts';

let servers: TestServers;
let orders: { database: TestDatabase; messaging: Messaging };
let inventory: { database: TestDatabase; messaging: Messaging };
/** What a service's log says went wrong because it may not. */
let violations: string[] = [];
let before: BatchHandler = async () => {};

const provision = () =>
  provisionTopology(
    { ...asUser(servers.nats.url, 'topology'), signal: AbortSignal.timeout(20_000), log: testLog },
    {},
  );

beforeAll(async () => {
  servers = await startTestServers({ nats: withUsers() });
});
afterAll(() => servers?.stop());

/** Nobody here may delete a stream. */
async function loseStreams(): Promise<void> {
  await servers.nats.stop();
  await rm(servers.nats.storeFolder, { recursive: true });
  await servers.nats.start();
}

beforeEach(async () => {
  await loseStreams();
  await provision();
  violations = [];
  before = async () => {};
  const log = pino({}, { write: (line) => void (/violation/i.test(line) && violations.push(line)) });
  const start = async (context: 'orders' | 'inventory', handlers: Record<string, BatchHandler>) => {
    const database = await freshDatabase(servers);
    await sql`create table applied (event_id text not null)`.execute(database.read);
    const messaging = startMessaging({
      context,
      database,
      nats: asUser(servers.nats.url, context),
      log,
      handlers,
      settings: { ...quickSettings, tailCheckMs: 200, provision: 'wait' },
    });
    return { database, messaging };
  };
  orders = await start('orders', { 'orders-reservations': applyFacts, 'orders-catalogue': applyFacts });
  inventory = await start('inventory', {
    'inventory-orders': async (tx, facts) => {
      await before(tx, facts);
      await applyFacts(tx, facts);
      const placed = facts.filter((fact) => fact.type === 'OrderPlaced');
      await appendFacts(
        tx,
        placed.map((fact) => aStockReserved(fact.data.orderId)),
      );
    },
  });
});
afterEach(async () => {
  for (const { messaging, database } of [orders, inventory]) {
    await messaging.stop();
    await database.close();
  }
});

const applied = async ({ read }: TestDatabase): Promise<Record<string, number>> => {
  const { rows } = await sql<{ event_id: string; times: number }>`
    select event_id, count(*)::int as times from applied group by event_id`.execute(read);
  return Object.fromEntries(rows.map((row) => [row.event_id, row.times]));
};
async function place(facts: readonly Fact[]): Promise<void> {
  await stateFacts(orders.database, facts);
  orders.messaging.wake();
}
const answered = (count: number) =>
  waitFor(
    `${count} are placed and answered`,
    async () =>
      Object.keys(await applied(inventory.database)).length === count &&
      Object.keys(await applied(orders.database)).length === count,
    30_000,
  );
const anOrder = () => [anOrderPlaced()];

describe('orders and inventory with no more than their rights', () => {
  it('publish, consume and answer', async () => {
    const facts = Array.from({ length: 5 }, () => anOrderPlaced());
    await place(facts);
    await answered(5);
    expect(await applied(inventory.database)).toEqual(onceEach(facts));
    expect((await orders.messaging.status()).consumers.map(({ name }) => name)).toEqual([
      'orders-reservations',
      'orders-catalogue',
    ]);
    expect(violations).toEqual([]);
  });

  it('are delivered again what failed', async () => {
    let failures = 0;
    before = async () => {
      if ((failures += 1) <= 2) throw new Error('not now');
    };
    await place(anOrder());
    await answered(1);
    expect(failures).toBe(3);
    expect(violations).toEqual([]);
  });

  it('hold inventory’s consumer and let it go', async () => {
    await waitFor('it runs', async () => (await inventory.messaging.status()).consumers.length === 1);
    const until = new Date(Date.now() + 60_000);
    expect(await inventory.messaging.holdConsumer('inventory-orders', until)).toEqual(until);
    expect(await inventory.messaging.holdConsumer('inventory-orders', null)).toBeNull();
    await place(anOrder());
    await answered(1);
  });

  it('fill a stream again that lost its tail, and make anew the consumers that were ahead of it', async () => {
    const [kept, lost] = [
      Array.from({ length: 10 }, anOrder).flat(),
      Array.from({ length: 10 }, anOrder).flat(),
    ];
    await place(kept);
    await answered(10);
    await Promise.all([awaitPublished(orders.database), awaitPublished(inventory.database)]);
    const copy = `${servers.nats.storeFolder}-copy`;
    await servers.nats.stop();
    await cp(servers.nats.storeFolder, copy, { recursive: true });
    await servers.nats.start();
    await place(lost);
    await answered(20);
    await Promise.all([awaitPublished(orders.database), awaitPublished(inventory.database)]);
    await servers.nats.stop();
    await rm(servers.nats.storeFolder, { recursive: true });
    await cp(copy, servers.nats.storeFolder, { recursive: true });
    await rm(copy, { recursive: true });
    await servers.nats.start();

    const generations = () =>
      Promise.all([
        storedGeneration(inventory.database, 'inventory-orders'),
        storedGeneration(orders.database, 'orders-reservations'),
      ]);
    await waitFor(
      'both consumers were made anew',
      async () => (await generations()).every((generation) => generation === 1),
      30_000,
    );
    await place(anOrder());
    await answered(21);
    expect(Object.values(await applied(inventory.database))).toEqual(Array(21).fill(1));
    expect(violations).toEqual([]);
  });

  it('go on when streams and consumers are gone and the job has made them again', async () => {
    await place(anOrder());
    await answered(1);
    await Promise.all([awaitPublished(orders.database), awaitPublished(inventory.database)]);
    await loseStreams();
    await provision();
    await place(anOrder());
    await answered(2);
    expect(Object.values(await applied(orders.database))).toEqual([1, 1]);
    expect(violations).toEqual([]);
  });
});
