import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { openRelayNotices } from './relay-notices.ts';
import { createTestDatabase, waitFor, type TestDatabase } from './testing.ts';

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

/** The server's process of the connection that listens; null while there is none. */
async function listeningPid(): Promise<number | null> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(
    database.read,
  );
  return rows[0]?.pid ?? null;
}

it('tells of a commit of another process, and stops while PostgreSQL is frozen', async () => {
  let heard = 0;
  const log = pino({ level: 'silent' });
  const notices = openRelayNotices(database.url, () => (heard += 1), log);
  await waitFor('it listens', () => heard > 0);
  await sql`notify holdfast_relay`.execute(database.read);
  await waitFor('it heard', () => heard > 1);
  const pid = await waitFor('its process is known', listeningPid);
  process.kill(pid, 'SIGSTOP');
  try {
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'late').unref());
    expect(await Promise.race([notices.stop().then(() => 'stopped'), late])).toBe('stopped');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});
