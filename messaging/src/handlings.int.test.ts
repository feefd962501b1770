import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { applyFacts, aWorkbench, type Workbench } from './consumer-workbench.ts';
import { readHandlings, type FactHandling } from './handlings.ts';
import { listParked } from './list-parked.ts';
import { redriveParked } from './redrive.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

const consumer = 'inventory-orders';
let servers: TestServers;
let bench: Workbench;
beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  bench = await aWorkbench(servers);
});
afterEach(() => bench.close());

const handlingOf = async (eventId: string): Promise<FactHandling | undefined> =>
  (await readHandlings(bench.database.read, consumer, [eventId])).get(eventId);

it('says which message of the stream brought a fact, when that was stored, and at which delivery it was handled', async () => {
  const [smooth, rough] = [anOrderPlaced(), anOrderPlaced()];
  let failures = 2;
  bench.start(async (_tx, facts) => {
    if (facts.some(({ eventId }) => eventId === rough.eventId) && failures-- > 0) throw new Error('not yet');
  });
  await bench.publish(smooth);
  await bench.publish(rough);
  await waitFor('both are handled', async () => (await handlingOf(rough.eventId)) !== undefined);
  const manager = await jetstreamManager(bench.nats, { checkAPI: false });
  const storedAt = async (seq: number) => (await manager.streams.getMessage('ORDERS', { seq }))!.time;
  expect(await handlingOf(smooth.eventId)).toEqual({
    consumer,
    handledAt: expect.any(Date),
    deliveries: 1,
    streamSequence: '1',
    publishedAt: await storedAt(1),
  });
  expect(await handlingOf(rough.eventId)).toMatchObject({
    deliveries: 2,
    streamSequence: '2',
    publishedAt: await storedAt(2),
  });
});

it('knows no message of a fact that was redriven', async () => {
  const fact = anOrderPlaced();
  bench.start(() => Promise.reject(new Error('refused')), { maxAttempts: 1 });
  await bench.publish(fact);
  const [row] = await waitFor('it is parked', async () => {
    const rows = await listParked(bench.database, { first: 1 });
    return rows.length === 1 && rows;
  });
  expect(await handlingOf(fact.eventId)).toBeUndefined();
  await redriveParked(bench.database, { [consumer]: applyFacts }, [row!.id], 'mary');
  expect(await handlingOf(fact.eventId)).toEqual({
    consumer,
    handledAt: expect.any(Date),
    deliveries: null,
    streamSequence: null,
    publishedAt: null,
  });
});

it('finds facts in either case of their ids, of its own consumer only, and nothing for what is no id', async () => {
  const [fact, other] = [anOrderPlaced(), anOrderPlaced()];
  bench.start();
  await bench.publish(fact);
  await waitFor('it is handled', () => handlingOf(fact.eventId));
  const asked = [fact.eventId.toUpperCase(), other.eventId, 'no id', '\0'];
  expect([...(await readHandlings(bench.database.read, consumer, asked)).keys()]).toEqual([fact.eventId]);
  expect(await readHandlings(bench.database.read, 'orders-reservations', asked)).toEqual(new Map());
});
