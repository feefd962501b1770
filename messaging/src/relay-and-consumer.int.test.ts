import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchHandler } from './batch-handler.ts';
import { applyFacts, onceEach } from './consumer-workbench.ts';
import type { Fact } from './facts.ts';
import { storedGeneration } from './generation.ts';
import {
  awaitPublished,
  freshDatabase,
  openStreamReader,
  orderHistories,
  stateFacts,
  testLog,
} from './relay-workbench.ts';
import { startMessaging, type Messaging } from './runtime.ts';
import { waitFor, type TestDatabase } from './testing.ts';

let servers: TestServers;
let orders: TestDatabase;
let inventory: TestDatabase;
let running: Messaging[];

beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  orders = await freshDatabase(servers);
  inventory = await freshDatabase(servers);
  await sql`create table applied (event_id text not null)`.execute(inventory.read);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((messaging) => messaging.stop()));
  await orders.close();
  await inventory.close();
});

const settings = { tailCheckMs: 200, ackWaitMs: 1_000 };
const start = (
  context: 'orders' | 'inventory',
  database: TestDatabase,
  handlers: { 'inventory-orders'?: BatchHandler },
) => {
  const options = { context, database, nats: { url: servers.nats.url }, log: testLog, handlers, settings };
  running.push(startMessaging(options));
  return running.at(-1)!;
};

/** States facts in orders and waits until inventory has applied each of them, and all before them, once. */
async function carry(
  messaging: Messaging,
  facts: readonly Fact[],
  upTo: number,
  from: number,
): Promise<void> {
  await stateFacts(orders, facts.slice(from, upTo));
  messaging.wake();
  await waitFor(
    `${upTo} facts are applied`,
    async () => Object.keys(await applied()).length === upTo,
    20_000,
  );
  await awaitPublished(orders);
}

/** Looks when the consumer has met the repair and handled all that it was delivered again. */
async function expectAppliedOnce(facts: readonly Fact[]): Promise<void> {
  await waitFor('the consumer is at rest', async () => {
    const statuses = await Promise.all(running.map((messaging) => messaging.status()));
    const ours = statuses.flatMap((status) => status.consumers);
    return ours.length === 1 && ours[0]!.pending === 0 && ours[0]!.inProgress === 0;
  });
  expect(await applied()).toEqual(onceEach(facts));
  expect(await storedGeneration(inventory, 'inventory-orders')).toBe(1);
}

async function applied(): Promise<Record<string, number>> {
  const { rows } = await sql<{ event_id: string; times: number }>`
    select event_id, count(*)::int as times from applied group by event_id`.execute(inventory.read);
  return Object.fromEntries(rows.map((row) => [row.event_id, row.times]));
}

/** Puts the messages of ORDERS back to what they are now; with the consumers' places, or as if those had been synced later. */
async function saveStream({ withConsumers }: { withConsumers: boolean }): Promise<() => Promise<void>> {
  const folder = await ordersFolder(servers.nats.storeFolder);
  const parts = withConsumers ? ['msgs', 'obs'] : ['msgs'];
  await servers.nats.stop();
  for (const part of parts)
    await cp(join(folder, part), `${servers.nats.storeFolder}-${part}`, { recursive: true });
  await servers.nats.start();
  return async () => {
    await servers.nats.stop();
    for (const part of parts) {
      await rm(join(folder, part), { recursive: true });
      await cp(`${servers.nats.storeFolder}-${part}`, join(folder, part), { recursive: true });
      await rm(`${servers.nats.storeFolder}-${part}`, { recursive: true });
    }
    await servers.nats.start();
  };
}

async function ordersFolder(store: string): Promise<string> {
  const entries = await readdir(store, { recursive: true });
  return join(
    store,
    entries.find((entry) => entry.endsWith('streams/ORDERS'))!,
  );
}

async function deleteOrdersStream(): Promise<void> {
  const reader = await openStreamReader(servers.nats.url);
  await reader.deleteStream();
  await reader.close();
}

describe('relay and consumer together', () => {
  it.each([true, false])(
    'go on correctly after the tail of their stream was lost, each fact applied once (consumer put back as well: %s)',
    async (withConsumers) => {
      await deleteOrdersStream();
      const facts = orderHistories(800, 1);
      const messaging = start('orders', orders, {});
      start('inventory', inventory, { 'inventory-orders': applyFacts });
      await carry(messaging, facts, 300, 0);
      const putBack = await saveStream({ withConsumers });
      await carry(messaging, facts, 600, 300);
      await putBack();
      await carry(messaging, facts, facts.length, 600);
      await expectAppliedOnce(facts);
    },
  );

  it('go on correctly after their stream was deleted, each fact applied once', async () => {
    await deleteOrdersStream();
    const facts = orderHistories(800, 1);
    const messaging = start('orders', orders, {});
    start('inventory', inventory, { 'inventory-orders': applyFacts });
    await carry(messaging, facts, 600, 0);
    await deleteOrdersStream();
    await carry(messaging, facts, facts.length, 600);
    await expectAppliedOnce(facts);
  });
});
