import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { cp, rm } from 'node:fs/promises';
import { startRelay, type Relay } from './relay.ts';
import {
  allVersions,
  awaitPublished,
  firstVersions,
  freshDatabase,
  openStreamReader,
  orderHistories,
  stateFacts,
  testLog,
  type StoredFact,
  type StreamReader,
} from './relay-workbench.ts';
import type { MessagingSettings } from './settings.ts';
import { waitFor, type TestDatabase } from './testing.ts';
import { ensureStream } from './topology.ts';

let servers: TestServers;
let database: TestDatabase;
let stream: StreamReader;
let relay: Relay;

beforeAll(async () => {
  servers = await startTestServers();
  stream = await openStreamReader(servers.nats.url);
});
afterAll(async () => {
  await stream?.close();
  await servers?.stop();
});
beforeEach(async () => {
  await stream.deleteStream();
  database = await freshDatabase(servers);
});
afterEach(async () => {
  await relay.stop();
  await database.close();
});

const start = (settings: Partial<MessagingSettings> = {}) => {
  relay = startRelay({
    context: 'orders',
    database,
    nats: { url: servers.nats.url },
    log: testLog,
    settings,
  });
};
const onlyAtReconnect = { tailCheckMs: 3_600_000 };

const stored = (count: number) =>
  waitFor<StoredFact[]>(`the stream has ${count} facts`, async () => {
    const facts = await stream.all().catch(() => []);
    return facts.length === count && facts;
  });

/** Keeps the server's store as it is now; the result puts it back, so that what was stored since is lost. */
async function saveStore(): Promise<() => Promise<void>> {
  const copy = `${servers.nats.storeFolder}-copy`;
  await servers.nats.stop();
  await cp(servers.nats.storeFolder, copy, { recursive: true });
  await servers.nats.start();
  return async () => {
    await servers.nats.stop();
    await rm(servers.nats.storeFolder, { recursive: true });
    await cp(copy, servers.nats.storeFolder, { recursive: true });
    await rm(copy, { recursive: true });
    await servers.nats.start();
  };
}

describe('tail repair', () => {
  it('fills a deleted stream again without being asked', async () => {
    const facts = orderHistories(40, 50);
    await stateFacts(database, facts);
    start({ tailCheckMs: 100 });
    await awaitPublished(database);
    await stream.deleteStream();
    const refilled = await stored(facts.length);
    expect(firstVersions(refilled)).toEqual(allVersions(facts));
    expect(new Set(refilled.map((fact) => fact.generation))).toEqual(new Set([1]));
  });

  it('fills a stream again whose tail was lost, and publishes what was lost before anything newer', async () => {
    const facts = orderHistories(40, 60);
    await stateFacts(database, facts.slice(0, 800));
    start(onlyAtReconnect);
    await awaitPublished(database);
    const putBack = await saveStore();
    await stateFacts(database, facts.slice(800, 1_600));
    relay.wake();
    await awaitPublished(database);
    const lost = (await stored(1_600)).slice(800);
    await servers.nats.stop();
    await stateFacts(database, facts.slice(1_600));
    relay.wake();
    await putBack();

    await awaitPublished(database);
    const refilled = await stored(facts.length);
    expect(firstVersions(refilled)).toEqual(allVersions(facts));
    expect(refilled.slice(0, 800).map((fact) => fact.generation)).toEqual(Array(800).fill(0));
    expect(refilled.slice(800).map((fact) => fact.generation)).toEqual(Array(1_600).fill(1));
    const refilledIds = new Set(refilled.slice(800, 1_700).map((fact) => fact.eventId));
    expect(lost.filter((fact) => !refilledIds.has(fact.eventId))).toEqual([]);
  });

  it('sees a rewind under a connected client by the first ack that is not above the last', async () => {
    const facts = orderHistories(10, 20);
    await stateFacts(database, facts.slice(0, 150));
    start(onlyAtReconnect);
    await awaitPublished(database);
    // Their horizon has passed: so no row is left that holds one of the sequences which the next facts get.
    await sql`delete from outbox where sequence <= 100`.execute(database.read);
    await stream.deleteStream();
    await ensureStream(stream.nats, 'orders');
    await stateFacts(database, facts.slice(150));
    relay.wake();
    const refilled = await stored(100);
    expect(new Set(refilled.map((fact) => fact.eventId))).toEqual(
      new Set(facts.slice(100).map((fact) => fact.eventId)),
    );
  });

  it('sees a rewind by two facts that were given one sequence', async () => {
    const facts = orderHistories(10, 20);
    await stateFacts(database, facts.slice(0, 100));
    start(onlyAtReconnect);
    await awaitPublished(database);
    // As if the first hundred had been stored by a stream that is gone, and the next come as duplicates of a frozen relay.
    await stateFacts(database, facts.slice(100));
    await sql`update outbox set sequence = sequence + 100 where sequence is not null`.execute(database.read);
    relay.wake();
    const refilled = await stored(facts.length);
    expect(firstVersions(refilled)).toEqual(allVersions(facts));
    await awaitPublished(database);
  });

  it('refills a loss that lies below facts that are present', async () => {
    const facts = orderHistories(10, 20);
    await stateFacts(database, facts);
    start(onlyAtReconnect);
    await awaitPublished(database);
    const manager = await jetstreamManager(stream.nats);
    for (const sequence of [120, 121, 150]) await manager.streams.deleteMessage('ORDERS', sequence);
    await servers.nats.restart();
    const refilled = await stored(facts.length);
    expect(new Set(refilled.map((fact) => fact.eventId))).toEqual(new Set(facts.map((fact) => fact.eventId)));
  });

  it('begins no new generation over a plain restart of the server', async () => {
    const facts = orderHistories(10, 20);
    start(onlyAtReconnect);
    for (let half = 0; half < 2; half += 1) {
      await stateFacts(database, facts.slice(half * 100, half * 100 + 100));
      relay.wake();
      await awaitPublished(database);
      await servers.nats.restart();
    }
    expect(new Set((await stored(facts.length)).map((fact) => fact.generation))).toEqual(new Set([0]));
  });
});
