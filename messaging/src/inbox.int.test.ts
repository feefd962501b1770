import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { cleanInbox, enterInbox } from './inbox.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

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

const enter = (consumer: string, eventIds: readonly string[]) =>
  database.transaction((tx) =>
    enterInbox(
      tx,
      consumer,
      eventIds.map((eventId) => ({ eventId, message: null })),
    ),
  );

it('returns only the facts that were new to this consumer', async () => {
  const [first, second, third] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  expect(await enter('a', [first, second])).toEqual(new Set([first, second]));
  expect(await enter('a', [third, second])).toEqual(new Set([third]));
  expect(await enter('b', [first])).toEqual(new Set([first]));
});

it('forgets what was handled more than 21 days ago, however much, and nothing younger', async () => {
  await sql`truncate inbox`.execute(database.read);
  await sql`
    insert into inbox (consumer, event_id, handled_at)
    select 'a', gen_random_uuid(), now() - age
    from (values (interval '21 days 1 minute', 12000), (interval '20 days 23 hours', 500)) as rows (age, count),
         generate_series(1, count)`.execute(database.read);
  expect(await cleanInbox(database)).toBe(12_000);
  const { rows } = await sql<{ count: number }>`select count(*)::int from inbox`.execute(database.read);
  expect(rows[0]!.count).toBe(500);
});
