import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { BatchHandlers } from './batch-handler.ts';
import {
  applyFacts,
  aWorkbench,
  onceEach,
  orderPlacedSubject,
  type Workbench,
} from './consumer-workbench.ts';
import type { Fact } from './facts.ts';
import { listParked } from './list-parked.ts';
import { discardParked } from './parked.ts';
import { redriveParked } from './redrive.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

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

const handlers: BatchHandlers = { 'inventory-orders': applyFacts };
const parked = () => listParked(bench.database, { first: 100 });

/** Parks these facts by a handler that refuses them. */
async function parkAll(facts: readonly Fact[]): Promise<string[]> {
  for (const fact of facts) await bench.publish(fact);
  const consumer = bench.start(() => Promise.reject(new Error('refused')), { maxAttempts: 1 });
  await waitFor('all are parked', async () => (await parked()).length === facts.length);
  await waitFor('none is left in the stream', async () => (await bench.unfinished()) === 0);
  await consumer.stop();
  return (await parked()).map((row) => row.id);
}

const closedRows = async () => {
  const { rows } = await sql<object>`
    select closed_by, closed_as, closed_reason, closed_at is not null as is_closed from parked
    where closed_at is not null`.execute(bench.database.read);
  return rows;
};

describe('redriving a parked message', () => {
  it('applies it once, also when asked twice at once and again later', async () => {
    const fact = anOrderPlaced();
    const [id] = await parkAll([fact]);
    const results = await Promise.all([
      redriveParked(bench.database, handlers, [id!], 'mary'),
      redriveParked(bench.database, handlers, [id!], 'mary'),
    ]);
    expect(results.map((result) => result.changed).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(await redriveParked(bench.database, handlers, [id!, id!], 'john')).toMatchObject({
      changed: 0,
      problems: [{ code: 'NOT_PARKED' }],
    });
    expect(await bench.applied()).toEqual(onceEach([fact]));
    expect(await parked()).toEqual([]);
    expect(await closedRows()).toEqual([
      { closed_by: 'mary', closed_as: 'REDRIVEN', closed_reason: null, is_closed: true },
    ]);
  });

  it('changes nothing and closes it when it was applied meanwhile', async () => {
    const fact = anOrderPlaced();
    const [id] = await parkAll([fact]);
    bench.start();
    await bench.publish(fact);
    await waitFor('it is applied', async () => (await bench.applied())[fact.eventId]);
    expect(await redriveParked(bench.database, handlers, [id!], 'mary')).toEqual({
      changed: 1,
      alreadyHandled: [id],
      problems: [],
    });
    expect(await bench.applied()).toEqual(onceEach([fact]));
    expect(await parked()).toEqual([]);
  });

  it('leaves it parked and applies nothing when the handler fails again, and goes on with the others', async () => {
    const facts = [anOrderPlaced(), anOrderPlaced()];
    const ids = await parkAll(facts);
    const failing = (await parked())[0]!;
    const picky: BatchHandlers = {
      'inventory-orders': async (tx, received) => {
        await applyFacts(tx, received);
        if (received[0]!.eventId === failing.eventId) throw new Error('still refused');
      },
    };
    expect(await redriveParked(bench.database, picky, ids, 'mary')).toMatchObject({
      changed: 1,
      problems: [{ code: 'STILL_FAILING', message: expect.stringContaining('still refused') }],
    });
    expect(Object.keys(await bench.applied())).toEqual([
      facts.find((f) => f.eventId !== failing.eventId)!.eventId,
    ]);
    expect((await parked()).map((row) => row.id)).toEqual([failing.id]);
  });

  it('names a message that cannot be read, an unknown id and one that is no id', async () => {
    bench.start();
    await bench.publishByHand(orderPlacedSubject, { 'ce-id': 'a\u0000b' }, 'no JSON');
    const [row] = await waitFor('it is parked', async () => (await parked()).length === 1 && parked());
    const result = await redriveParked(bench.database, handlers, [row!.id, crypto.randomUUID(), 'x'], 'mary');
    expect(result).toMatchObject({
      changed: 0,
      problems: [{ code: 'STILL_FAILING' }, { code: 'NOT_PARKED' }, { code: 'NOT_PARKED' }],
    });
    expect(await parked()).toHaveLength(1);
  });
});

it('discards a parked message with reason, who and when, once', async () => {
  const fact = anOrderPlaced();
  const [id] = await parkAll([fact]);
  expect(await discardParked(bench.database, [id!, 'x'], 'mary', 'a test order')).toMatchObject({
    changed: 1,
    problems: [{ code: 'NOT_PARKED' }],
  });
  expect(await discardParked(bench.database, [id!], 'john', 'late')).toMatchObject({ changed: 0 });
  expect(await closedRows()).toEqual([
    { closed_by: 'mary', closed_as: 'DISCARDED', closed_reason: 'a test order', is_closed: true },
  ]);
  expect(await bench.applied()).toEqual({});
});

it('lists open messages by pages, oldest first, also after the last one seen was closed', async () => {
  const ids = await parkAll(Array.from({ length: 5 }, () => anOrderPlaced()));
  const first = await listParked(bench.database, { first: 2 });
  expect(first.map((row) => row.id)).toEqual(ids.slice(0, 2));
  await discardParked(bench.database, [ids[1]!], 'mary', 'seen');
  const rest = await listParked(bench.database, { first: 10, after: ids[1]! });
  expect(rest.map((row) => row.id)).toEqual(ids.slice(2));
});

it('lists closed messages by pages, latest closed first, with who, how and why', async () => {
  const [first, second, third, fourth, open] = await parkAll(
    Array.from({ length: 5 }, () => anOrderPlaced()),
  );
  await discardParked(bench.database, [second!], 'mary', 'a test order');
  await redriveParked(bench.database, handlers, [fourth!], 'john');
  // Closed in one transaction, so at one instant.
  await discardParked(bench.database, [first!, third!], 'mary', 'seen');
  const expected = [...[first!, third!].toSorted().toReversed(), fourth!, second!];
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const [row] = await listParked(bench.database, { first: 1, after, state: 'CLOSED' });
    if (row !== undefined) seen.push(row.id);
    [after, more] = [row?.id ?? null, row !== undefined];
  }
  expect(seen).toEqual(expected);
  const closed = await listParked(bench.database, { first: 2, after: expected[1]!, state: 'CLOSED' });
  expect(closed).toMatchObject([
    { closedAs: 'REDRIVEN', closedBy: 'john', closedReason: null, closedAt: expect.any(Date) },
    { closedAs: 'DISCARDED', closedBy: 'mary', closedReason: 'a test order' },
  ]);
  expect(await parked()).toMatchObject([{ id: open, closedAt: null, closedBy: null, closedAs: null }]);
});
