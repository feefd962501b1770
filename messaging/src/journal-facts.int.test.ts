import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Fact } from './facts.ts';
import { readJournalFacts } from './journal-facts.ts';
import { appendFacts } from './journal.ts';
import { markPublished } from './outbox.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  aStockReserved,
  createTestDatabase,
  type TestDatabase,
} from './testing.ts';

let servers: TestServers;
let database: TestDatabase;
beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  database = await createTestDatabase(await servers.postgres.createDatabase());
});
afterAll(async () => {
  await database?.close();
  await servers?.stop();
});

const state = (...facts: readonly Fact[]) => database.transaction((tx) => appendFacts(tx, facts));

async function journalIdOf({ eventId }: Fact): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from journal where event_id = ${eventId}::uuid`.execute(database.read);
  return Number(rows[0]!.id);
}

it('reads what was stated of each aggregate of the kind, oldest first, as it was stated', async () => {
  const placed = anOrderPlaced();
  const { orderId } = placed.data;
  const cancelled = { ...anOrderCancelled(orderId), causationId: placed.eventId };
  const other = anOrderPlaced();
  await state(placed, cancelled, other, aStockReserved(orderId));
  const facts = await readJournalFacts(database.read, 'order', [
    other.data.orderId,
    orderId,
    orderId,
    'none',
  ]);
  expect([...facts.keys()].toSorted()).toEqual([orderId, other.data.orderId].toSorted());
  expect(facts.get(orderId)).toEqual([
    {
      id: placed.eventId,
      type: 'OrderPlaced',
      version: 1,
      stream: 'ORDERS',
      subject: 'orders.order.placed.v1',
      correlationId: placed.correlationId,
      causationId: null,
      occurredAt: placed.occurredAt,
      data: JSON.stringify(placed.data),
      isPublished: false,
      publication: null,
    },
    expect.objectContaining({ type: 'OrderCancelled', version: 2, causationId: placed.eventId }),
  ]);
  const reservation = await readJournalFacts(database.read, 'reservation', [orderId]);
  expect(reservation.get(orderId)).toMatchObject([
    { type: 'StockReserved', stream: 'INVENTORY', subject: 'inventory.reservation.reserved.v1' },
  ]);
});

it('tells what waits, what was published and where, and what was published so long ago that its place is given up', async () => {
  const placed = anOrderPlaced();
  const { orderId } = placed.data;
  const facts = [placed, anOrderCancelled(orderId, 2), anOrderCancelled(orderId, 3)];
  await state(...facts);
  const [first, second] = await Promise.all(facts.map(journalIdOf));
  await sql`delete from outbox where journal_id = ${first}`.execute(database.read);
  const before = Date.now();
  expect(await markPublished(database, 0, [{ journalId: second!, sequence: 41 }])).toBe(true);
  const read = (await readJournalFacts(database.read, 'order', [orderId])).get(orderId);
  expect(read).toMatchObject([
    { isPublished: true, publication: null },
    { isPublished: true, publication: { sequence: '41', publishedAt: expect.any(Date) } },
    { isPublished: false, publication: null },
  ]);
  expect(read![1]!.publication!.publishedAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
});
