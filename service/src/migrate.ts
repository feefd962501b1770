import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { OpenDatabaseOptions } from './database.ts';
import { initOrm, TIMEOUT_MS } from './orm.ts';
import { grantRights } from './table-rights.ts';
import { untilAborted } from './until-aborted.ts';

type MigrateOptions = Omit<OpenDatabaseOptions, 'provision' | 'poolSize'>;

/** How long a service or a job waits for a database that does not answer yet. */
const SERVICE_PATIENCE_MS = 60_000;
const JOB_PATIENCE_MS = 5 * 60_000;
/** Any number that no other advisory lock of these databases uses. */
const MIGRATION_LOCK = 4_864_001;

/** Brings the schema up to date, one process at a time. Rejects when the database does not answer within 60 s. */
export const migrate = (options: MigrateOptions): Promise<void> =>
  underLock(options, SERVICE_PATIENCE_MS, () => runMigrations(options));

/**
 * Brings the schema up to date as the role of `url`, which owns the database, and gives the service's role exactly `rights`
 * and the reading of what was migrated; nobody else may use the database then. One process at a time, safe to repeat.
 * Rejects when the database does not answer within 5 minutes, and with a SettingsError for a role that will not do.
 */
export const migrateFor = (serviceRole: string, options: MigrateOptions): Promise<void> =>
  underLock(options, JOB_PATIENCE_MS, async (client) => {
    await runMigrations(options);
    await grantRights(client, serviceRole, options.rights);
    options.log.info({ event: 'rights-granted', role: serviceRole });
  });

async function underLock(
  options: MigrateOptions,
  patienceMs: number,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const { signal } = options;
  const client = await connectWithin(options, patienceMs);
  try {
    await untilAborted(signal, client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]));
    await work(client);
  } finally {
    // A connection that still waits for the lock does not take leave.
    if (signal?.aborted) client.connection.stream.destroy();
    else await client.end();
  }
}

async function runMigrations(options: MigrateOptions): Promise<void> {
  const orm = await initOrm(options, 2, 0);
  try {
    const done = await orm.migrator.up();
    if (done.length > 0) options.log.info({ event: 'migrated', migrations: done.map(({ name }) => name) });
  } finally {
    await orm.close(true);
  }
}

async function connectWithin({ url, log, signal }: MigrateOptions, deadlineMs: number): Promise<pg.Client> {
  const giveUpAt = performance.now() + deadlineMs;
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 2_000)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
    client.on('error', () => {});
    try {
      await untilAborted(signal, client.connect());
      return client;
    } catch (error) {
      signal?.throwIfAborted();
      if (performance.now() + waitMs > giveUpAt) throw error;
      log.warn({ event: 'database-away', error: (error as Error).message, waitMs });
      await delay(waitMs, undefined, signal && { signal });
    }
  }
}
