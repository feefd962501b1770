import type { TableRights } from '@holdfast/messaging';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { OpenDatabaseOptions } from './database.ts';
import { TIMEOUT_MS } from './orm.ts';
import { MIGRATIONS_TABLE } from './table-rights.ts';
import { untilAborted } from './until-aborted.ts';

const POLL_MS = 1_000;
const SAY_EVERY_MS = 30_000;

/**
 * Waits until every migration of this code is recorded as done and the role of `url` has its rights, however long that takes:
 * the job that sees to it may come later. A schema that is newer is as good, which is how a release is rolled back.
 * Rejects only when the signal is aborted.
 */
export async function awaitSchema(options: OpenDatabaseOptions): Promise<void> {
  const { log, signal } = options;
  for (let said = -Infinity; ;) {
    const lacking = await untilAborted(signal, lackingOf(options));
    if (lacking === null) return;
    if (performance.now() - said >= SAY_EVERY_MS) {
      log.warn({ event: 'schema-awaited', lacking });
      said = performance.now();
    }
    await delay(POLL_MS, undefined, signal && { signal });
  }
}

/** What is not there yet, in words; null when nothing is lacking. */
async function lackingOf({ url, migrations, rights }: OpenDatabaseOptions): Promise<string | null> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const done = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`);
    const names = new Set(done.rows.map(({ name }) => name));
    const toCome = migrations.map(({ name }) => name).filter((name) => !names.has(name));
    if (toCome.length > 0) return `migrations ${toCome.join(', ')}`;
    return await lackingRights(client, rights);
  } catch (error) {
    return (error as Error).message;
  } finally {
    void client.end().catch(() => {});
  }
}

async function lackingRights(client: pg.Client, rights: TableRights): Promise<string | null> {
  const needed = Object.entries(rights).flatMap(([table, allowed]) => allowed.map((right) => [table, right]));
  const { rows } = await client.query<{ name: string }>(
    `select needed_right || ' on ' || needed_table as name
     from unnest($1::text[], $2::text[]) as needed (needed_table, needed_right)
     where has_table_privilege(to_regclass(needed_table), needed_right) is not true`,
    [needed.map(([table]) => table), needed.map(([, right]) => right)],
  );
  return rows.length === 0 ? null : `rights ${rows.map(({ name }) => name).join(', ')}`;
}
