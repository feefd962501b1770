import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/nats-core';
import { sql } from 'kysely';
import { pino } from 'pino';
import { connectNats } from './connection.ts';
import { applyFacts, onceEach, quickSettings } from './consumer-workbench.ts';
import { appendFacts } from './journal.ts';
import { NatsNotReadyError, provisionTopology } from './provision-topology.ts';
import { freshDatabase, testLog } from './relay-workbench.ts';
import { startMessaging, type Messaging } from './runtime.ts';
import { anOrderPlaced, waitFor, type TestDatabase } from './testing.ts';
import { streams } from './topology.ts';

let servers: TestServers;
let nats: NatsConnection;
let manager: JetStreamManager;
let database: TestDatabase;
let running: Messaging[] = [];
let awaited: string[] = [];

beforeAll(async () => {
  servers = await startTestServers();
  const { signal } = new AbortController();
  nats = await connectNats({ url: servers.nats.url, name: 'provision', signal, log: testLog });
  manager = await jetstreamManager(nats, { checkAPI: false });
});
afterAll(async () => {
  await nats?.close();
  await servers?.stop();
});
beforeEach(async () => {
  for (const stream of Object.values(streams)) await manager.streams.delete(stream).catch(() => {});
  database = await freshDatabase(servers);
  await sql`create table applied (event_id text not null)`.execute(database.read);
  awaited = [];
});
afterEach(async () => {
  await Promise.all(running.map((messaging) => messaging.stop()));
  running = [];
  await database.close();
});

/** Orders' relay and, though it belongs to another service, a consumer of what it carries. */
function startWaiting(): Messaging {
  const hear = (line: string): void => {
    const { event } = JSON.parse(line) as { event: string };
    if (event === 'stream-awaited' || event === 'consumer-paused') awaited.push(event);
  };
  const messaging = startMessaging({
    context: 'orders',
    database,
    nats: { url: servers.nats.url },
    log: pino({ level: 'info' }, { write: hear }),
    handlers: { 'inventory-orders': applyFacts },
    settings: { ...quickSettings, provision: 'wait' },
  });
  running.push(messaging);
  return messaging;
}

const provision = (settings = {}) =>
  provisionTopology(
    { url: servers.nats.url, signal: new AbortController().signal, log: testLog },
    settings,
    10_000,
  );
const streamNames = () => manager.streams.names().next();
const applied = async (): Promise<Record<string, number>> => {
  const { rows } = await sql<{ event_id: string; times: number }>`
    select event_id, count(*)::int as times from applied group by event_id`.execute(database.read);
  return Object.fromEntries(rows.map((row) => [row.event_id, row.times]));
};

describe('a service that does not provision', () => {
  it('waits for its streams and makes none, then carries what has gathered', async () => {
    const messaging = startWaiting();
    const fact = anOrderPlaced();
    await database.transaction((tx) => appendFacts(tx, [fact]));
    messaging.wake();
    await waitFor('relay and consumer wait', () => new Set(awaited).size === 2);
    expect(await streamNames()).toEqual([]);
    await provision();
    await waitFor('it is applied', async () => Object.keys(await applied()).length === 1);
    expect(await applied()).toEqual(onceEach([fact]));
  });

  it('leaves the settings of streams and consumers as the job has made them', async () => {
    await provision({ streamMaxBytes: 50_000_000, ackWaitMs: 12_345 });
    const messaging = startWaiting();
    await waitFor('it runs', async () => (await messaging.status()).consumers.length === 1);
    const { config } = await manager.streams.info('ORDERS');
    expect(config.max_bytes).toBe(50_000_000);
    const consumer = await manager.consumers.info('ORDERS', 'inventory-orders');
    expect(consumer.config.ack_wait).toBe(nanos(12_345));
  });

  it('makes a consumer of its own anew that is gone', async () => {
    await provision();
    const messaging = startWaiting();
    await waitFor('it runs', async () => (await messaging.status()).consumers.length === 1);
    await manager.consumers.delete('ORDERS', 'inventory-orders');
    const fact = anOrderPlaced();
    await database.transaction((tx) => appendFacts(tx, [fact]));
    messaging.wake();
    await waitFor('it is applied', async () => Object.keys(await applied()).length === 1);
  });
});

describe('the topology job', () => {
  it('waits for a NATS that comes later', async () => {
    await servers.nats.stop();
    const provisioning = provision();
    await servers.nats.start();
    await expect(provisioning).resolves.toBeUndefined();
    // This file's own connection comes back in its own time, and what it asks until then gets no answer.
    const made = await waitFor('the streams are seen', () => streamNames().catch(() => null));
    expect(made.toSorted()).toEqual(['INVENTORY', 'ORDERS']);
  });

  it('gives up in time on one that does not come', async () => {
    const attempt = provisionTopology(
      { url: 'nats://127.0.0.1:1', signal: new AbortController().signal, log: testLog },
      {},
      700,
    );
    await expect(attempt).rejects.toThrow(NatsNotReadyError);
    await expect(attempt).rejects.toThrow('NATS was not ready within 700 ms: no server was reached');
  });

  it('does not wait for what time does not mend', async () => {
    await expect(provision({ streamReplicas: 3 })).rejects.toThrow('replicas > 1 not supported');
  });
});
