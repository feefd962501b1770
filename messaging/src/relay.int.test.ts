import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startRelay, type Relay } from './relay.ts';
import {
  allVersions,
  awaitPublished,
  firstVersions,
  freshDatabase,
  openStreamReader,
  orderHistories,
  publishedRows,
  startRelayProcess,
  stateFacts,
  testLog,
  type StreamReader,
} from './relay-workbench.ts';
import { waitFor, type TestDatabase } from './testing.ts';

let servers: TestServers;
let database: TestDatabase;
let stream: StreamReader;
let relays: Relay[];

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
  await stream.deleteStream();
  database = await freshDatabase(servers);
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await database.close();
});

const relay = (settings = {}) => {
  const started = startRelay({
    context: 'orders',
    database,
    natsUrl: servers.nats.url,
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

  it('loses nothing when its process is killed between publish and mark', async () => {
    const facts = orderHistories(300, 20);
    await stateFacts(database, facts);
    for (let kills = 0; kills < 3; kills += 1) {
      const before = await publishedRows(database);
      const process = startRelayProcess(database.url, servers.nats.url, { leaseMs: 1_000 });
      await waitFor('some facts are marked', async () => (await publishedRows(database)) > before + 500);
      await process.kill();
    }
    const marked = await publishedRows(database);
    const published = (await stream.all()).length;
    // Else nothing was killed between the two.
    expect(published).toBeGreaterThan(marked);

    relay({ leaseMs: 1_000 });
    await awaitPublished(database);
    const stored = await stream.all();
    expect(stored).toHaveLength(facts.length);
    expect(firstVersions(stored)).toEqual(allVersions(facts));
  });
});
