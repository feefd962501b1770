import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { outboxStatus } from './outbox.ts';
import { startRelay, type Relay } from './relay.ts';
import {
  allVersions,
  awaitPublished,
  firstVersions,
  freezeWithAcksToMark,
  freshDatabase,
  openStreamReader,
  orderHistories,
  publishedRows,
  startRelayProcess,
  stateFacts,
  testLog,
  type RelayProcess,
  type StreamReader,
} from './relay-workbench.ts';
import type { MessagingSettings } from './settings.ts';
import { anOrderPlaced, anOrderShipping, openTestDatabase, waitFor, type TestDatabase } from './testing.ts';

let servers: TestServers;
let database: TestDatabase;
let stream: StreamReader;
let relays: Relay[];
let processes: RelayProcess[];

beforeAll(async () => {
  servers = await startTestServers();
  stream = await openStreamReader(servers.nats.url);
});
afterAll(async () => {
  await stream?.close();
  await servers?.stop();
});
beforeEach(async () => {
  relays = [];
  processes = [];
  await stream.deleteStream();
  database = await freshDatabase(servers);
});
afterEach(async () => {
  await Promise.all([...relays.map((relay) => relay.stop()), ...processes.map((process) => process.kill())]);
  await database.close();
});

const relay = (settings: Partial<MessagingSettings> = {}, on = database) => {
  const started = startRelay({
    context: 'orders',
    database: on,
    nats: { url: servers.nats.url },
    log: testLog,
    settings,
  });
  relays.push(started);
  return started;
};

describe('relay', () => {
  it('publishes what was stated, facts of one order in its order, each once', async () => {
    const facts = orderHistories(100, 20);
    await stateFacts(database, facts);
    relay();
    await awaitPublished(database);
    const stored = await stream.all();
    expect(stored).toHaveLength(facts.length);
    expect(firstVersions(stored)).toEqual(allVersions(facts));
  });

  it('keeps in the outbox what a full stream refuses, and publishes it in order once there is room', async () => {
    const facts = orderHistories(10, 4);
    relay();
    const manager = await jetstreamManager(stream.nats);
    await waitFor('the stream is there', () => manager.streams.info('ORDERS').catch(() => null));
    await manager.streams.update('ORDERS', { max_msgs: 15 });
    await stateFacts(database, facts);
    await waitFor('the stream is full', async () => (await publishedRows(database)) === 15);
    await waitFor('it was asked for more', async () => (await outboxStatus(database.read)).rows === 25);
    await manager.streams.update('ORDERS', { max_msgs: -1 });
    await awaitPublished(database);
    expect(firstVersions(await stream.all())).toEqual(allVersions(facts));
  });

  it('loses nothing when its process is killed between publish and mark', async () => {
    const facts = orderHistories(300, 20);
    await stateFacts(database, facts);
    // At any moment, and then at one at which the stream holds facts that are not marked.
    for (const isMomentChosen of [false, false, false, true]) {
      const before = await publishedRows(database);
      const process = startRelayProcess(database.url, servers.nats.url, { leaseMs: 1_000 });
      processes.push(process);
      await waitFor('some facts are marked', async () => (await publishedRows(database)) > before + 500);
      if (isMomentChosen) await freezeWithAcksToMark(process, database, stream);
      await process.kill();
    }

    relay({ leaseMs: 1_000 });
    await awaitPublished(database);
    const stored = await stream.all();
    expect(stored).toHaveLength(facts.length);
    expect(firstVersions(stored)).toEqual(allVersions(facts));
  });

  it('publishes all that was committed while NATS was away, in order, when it is back', async () => {
    const facts = orderHistories(20, 30);
    const running = relay();
    await stateFacts(database, facts.slice(0, 100));
    running.wake();
    await awaitPublished(database);
    await servers.nats.stop();
    for (let start = 100; start < facts.length; start += 50) {
      await stateFacts(database, facts.slice(start, start + 50));
      running.wake();
    }
    await servers.nats.start();
    await awaitPublished(database);
    const stored = await stream.all();
    expect(stored).toHaveLength(facts.length);
    expect(firstVersions(stored)).toEqual(allVersions(facts));
  });

  it('loses nothing and keeps the order when nats-server is killed again and again while it publishes', async () => {
    const facts = orderHistories(200, 30);
    await stateFacts(database, facts);
    relay();
    for (let kills = 1; kills <= 3; kills += 1) {
      await waitFor('some more facts are marked', async () => (await publishedRows(database)) > kills * 500);
      await servers.nats.kill();
      await servers.nats.start();
    }
    await awaitPublished(database);
    expect(firstVersions(await stream.all())).toEqual(allVersions(facts));
  });

  it('stops only the order whose fact is refused, and publishes its facts in order once they are taken', async () => {
    relay();
    await stateFacts(database, [anOrderPlaced()]);
    await awaitPublished(database);
    const manager = await jetstreamManager(stream.nats);
    await manager.streams.update('ORDERS', { max_msg_size: 3_000 });
    const lines = Array.from({ length: 200 }, (_, index) => ({ sku: `SKU-${index}`, quantity: 1 }));
    const refused = anOrderPlaced({ lines });
    const others = orderHistories(50, 3);
    await stateFacts(database, [refused, anOrderShipping(refused.data.orderId, 2), ...others]);
    await waitFor('the others are published', async () => (await outboxStatus(database.read)).rows === 2);
    await manager.streams.update('ORDERS', { max_msg_size: -1 });
    await awaitPublished(database);
    expect(firstVersions(await stream.all()).get(refused.data.orderId)).toEqual([1, 2]);
  });

  it('is woken by a commit of a process that does not hold the lease', async () => {
    relay();
    await stateFacts(database, [anOrderPlaced()]);
    await awaitPublished(database);
    const elsewhere = openTestDatabase(database.url);
    const standby = relay({}, elsewhere);
    const startedAt = performance.now();
    for (let count = 0; count < 20; count += 1) {
      await stateFacts(elsewhere, [anOrderPlaced()]);
      standby.wake();
      await awaitPublished(database);
    }
    // By polling alone it would take half a second each time.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await standby.stop();
    await elsewhere.close();
  });

  it('gives its lease back when it stops', async () => {
    const first = relay({ leaseMs: 60_000 });
    await stateFacts(database, [anOrderPlaced()]);
    await awaitPublished(database);
    await first.stop();
    relay({ leaseMs: 60_000 });
    await stateFacts(database, [anOrderPlaced()]);
    await awaitPublished(database);
  });

  it('deletes outbox rows when the tail horizon has passed, and not before', async () => {
    const keeping = relay({ tailHorizonMs: 60_000, tailCheckMs: 50 });
    await stateFacts(database, orderHistories(10, 3));
    await awaitPublished(database);
    await sql`update outbox set published_at = published_at - interval '1 minute' where journal_id <= 10`.execute(
      database.read,
    );
    await waitFor('old rows are deleted', async () => (await publishedRows(database)) === 20);
    await keeping.stop();
    relay({ tailHorizonMs: 1, tailCheckMs: 50 });
    await waitFor('all rows are deleted', async () => (await publishedRows(database)) === 0);
    expect(await stream.all()).toHaveLength(30);
  });
});
