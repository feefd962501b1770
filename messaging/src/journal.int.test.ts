import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { appendFacts, FactTooLargeError, InvalidFactError } from './journal.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  anOrderShipping,
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

describe('journal', () => {
  it('writes facts to journal and outbox in the order in which they were stated', async () => {
    const placed = anOrderPlaced();
    const facts = [
      placed,
      ...Array.from({ length: 500 }, (_, index) => anOrderShipping(placed.data.orderId, index + 2)),
    ];
    await database.transaction((tx) => appendFacts(tx, facts));
    const { rows } = await sql<{ event_id: string; version: number }>`
      select event_id, version from journal join outbox on journal_id = id
      where journal.aggregate_id = ${placed.data.orderId} order by id`.execute(database.read);
    expect(rows.map((row) => row.event_id)).toEqual(facts.map((fact) => fact.eventId));
  });

  it('writes nothing when the transaction that stated a fact rolls back', async () => {
    const placed = anOrderPlaced();
    const work = database.transaction(async (tx) => {
      await appendFacts(tx, [placed]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await journalled(placed.data.orderId)).toBe(0);
  });

  it('refuses facts that break their contract or are too large, and writes none of their neighbours', async () => {
    const placed = anOrderPlaced();
    const state = (fact: ReturnType<typeof anOrderPlaced>) =>
      database.transaction((tx) => appendFacts(tx, [placed, fact]));
    await expect(state(anOrderPlaced({ lines: [] }))).rejects.toThrow(InvalidFactError);
    await expect(state({ ...anOrderPlaced(), correlationId: 'no-uuid' })).rejects.toThrow(InvalidFactError);
    const lines = Array.from({ length: 2_000 }, (_, index) => ({
      sku: `${index}`.padEnd(150, 'x'),
      quantity: 1,
    }));
    await expect(state(anOrderPlaced({ lines }))).rejects.toThrow(FactTooLargeError);
    expect(await journalled(placed.data.orderId)).toBe(0);
  });

  it('refuses a second fact of the same version of an order', async () => {
    const placed = anOrderPlaced();
    const { orderId } = placed.data;
    await database.transaction((tx) => appendFacts(tx, [placed, anOrderCancelled(orderId)]));
    const again = database.transaction((tx) => appendFacts(tx, [anOrderCancelled(orderId)]));
    await expect(again).rejects.toMatchObject({ code: '23505' });
  });

  it('leaves out a malformed traceparent', async () => {
    const good = {
      ...anOrderPlaced(),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const bad = { ...anOrderPlaced(), traceparent: 'x\r\nce-id: forged' };
    await database.transaction((tx) => appendFacts(tx, [good, bad]));
    const { rows } = await sql<{ traceparent: string | null }>`
      select traceparent from journal where event_id = any(${[good.eventId, bad.eventId]}::uuid[]) order by id`.execute(
      database.read,
    );
    expect(rows.map((row) => row.traceparent)).toEqual([good.traceparent, null]);
  });
});

async function journalled(orderId: string): Promise<number> {
  const { rows } = await sql`select 1 from journal where aggregate_id = ${orderId}`.execute(database.read);
  return rows.length;
}
