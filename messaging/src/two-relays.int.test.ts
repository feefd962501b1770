import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import { sql } from 'kysely';
import type { Fact } from './facts.ts';
import { markPublished } from './outbox.ts';
import { acquireLease } from './relay-lease.ts';
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
  type RelayProcess,
  type StreamReader,
} from './relay-workbench.ts';
import { anOrderPlaced, waitFor, type TestDatabase } from './testing.ts';

let servers: TestServers;
let database: TestDatabase;
let stream: StreamReader;
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
  processes = [];
  await stream.deleteStream();
  database = await freshDatabase(servers);
});
afterEach(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await database.close();
});

const relayProcess = () => {
  const process = startRelayProcess(database.url, servers.nats.url, { leaseMs: 1_000 });
  processes.push(process);
  return process;
};

/** Freezes a relay in the middle of its work and lets another finish it. */
async function freezeOneAndFinishByAnother(facts: readonly Fact[]): Promise<RelayProcess> {
  await stateFacts(database, facts);
  const frozen = relayProcess();
  await waitFor('some facts are marked', async () => (await publishedRows(database)) > 500);
  await freezeWithAcksToMark(frozen, database, stream);
  relayProcess();
  await awaitPublished(database);
  return frozen;
}

const lostItsLease = (process: RelayProcess) =>
  waitFor('the relay sees that its lease is lost', () =>
    process.log.some((line) => line.event === 'relay-session-ended' && line.reason === 'LEASE_LOST'),
  );

const marksByEpoch = async () =>
  (await sql`select epoch, count(*) from outbox group by epoch order by epoch`.execute(database.read)).rows;

describe('two relays', () => {
  it("keep each order's facts in order when one is frozen past its lease and wakes up with acks still to mark", async () => {
    const facts = orderHistories(100, 60);
    const frozen = await freezeOneAndFinishByAnother(facts);
    const marks = await marksByEpoch();
    frozen.thaw();
    await lostItsLease(frozen);
    const stored = await stream.all();
    expect(stored).toHaveLength(facts.length);
    expect(firstVersions(stored)).toEqual(allVersions(facts));
    expect(await marksByEpoch()).toEqual(marks);
  });

  it('publish nothing that is old: a relay that was frozen past its lease sends no more when it wakes up', async () => {
    const frozen = await freezeOneAndFinishByAnother(orderHistories(100, 60));
    await forgetMessageIds();
    const before = (await stream.all()).length;
    frozen.thaw();
    await lostItsLease(frozen);
    // What it had given to its socket goes out: of each order the one fact that was on its way, and none after it.
    const orders = (await stream.all()).slice(before).map(({ orderId }) => orderId);
    expect(orders).toEqual([...new Set(orders)]);
  });

  it('do not publish at the same time: the second gets the lease when the first has not renewed it for its time', async () => {
    const first = relayProcess();
    await waitFor('the first relay publishes', () => first.hasLogged('relay-publishing'));
    const takenByNow = () => acquireLease(database, 60_000);
    const aliveUntil = performance.now() + 1_500;
    while (performance.now() < aliveUntil) expect(await takenByNow()).toBeNull();
    first.freeze();
    const frozenAt = performance.now();
    const lease = await waitFor('the lease expires', takenByNow);
    // Its last renewal is at most a third of the second old.
    expect(performance.now() - frozenAt).toBeGreaterThan(500);
    await lease.release();
  });

  it('do not mark for one another: a mark of an older epoch changes nothing', async () => {
    await stateFacts(database, [anOrderPlaced()]);
    const first = (await acquireLease(database, 60_000))!;
    await sql`update relay_lease set expires_at = '-infinity'`.execute(database.read);
    const second = (await acquireLease(database, 60_000))!;
    expect(await markPublished(database, first.epoch, [{ journalId: 1, sequence: 1 }])).toBe(false);
    expect(await publishedRows(database)).toBe(0);
    expect(await markPublished(database, second.epoch, [{ journalId: 1, sequence: 1 }])).toBe(true);
    await Promise.all([first.release(), second.release()]);
  });
});

/** Makes the duplicate window short and waits until it has passed, as if the relay had been frozen for longer than it. */
async function forgetMessageIds(): Promise<void> {
  const manager = await jetstreamManager(stream.nats);
  await manager.streams.update('ORDERS', { duplicate_window: nanos(100) });
  const publishProbe = () => jetstream(stream.nats).publish('orders.probe', '{}', { msgID: 'probe' });
  await publishProbe();
  await waitFor('message ids are forgotten', async () => !(await publishProbe()).duplicate, 45_000);
}
