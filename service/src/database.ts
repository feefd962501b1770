import type { Database, Tx } from '@holdfast/messaging';
import {
  MikroORM,
  type EntityManager,
  type EntitySchema,
  type EntitySchemaWithMeta,
  type InferKyselyTable,
} from '@mikro-orm/postgresql';
import { Migrator, type Migration } from '@mikro-orm/migrations';
import { sql, type Selectable } from 'kysely';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from './logger.ts';
import { untilAborted } from './until-aborted.ts';

type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

export interface OpenDatabaseOptions {
  readonly url: string;
  readonly entities: readonly EntitySchema[];
  /** In the order in which they run; a name once released never changes. */
  readonly migrations: readonly { readonly name: string; readonly class: MigrationClass }[];
  /** Connections at most. Default 8, which beat 32 on two cores. */
  readonly poolSize?: number | undefined;
  readonly log: Logger;
  /** Ends the waits for a database and for other processes that migrate it: opening it then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A service's own database, whose rows are also read and written as entities, where they are few. */
export interface EntityDatabase extends Database {
  /**
   * An entity manager with an empty identity map that runs on `tx`: what it reads and locks belongs to that transaction, and
   * what it flushes is committed or rolled back with it. On `read` each of its statements stands alone: for reading only.
   */
  entities(tx: Tx): EntityManager;
}

/** A row of an entity's table as a plain statement gives it, by the names of the columns. */
export type RowOf<Entity extends EntitySchemaWithMeta> = Readonly<Selectable<InferKyselyTable<Entity>>>;

export interface ServiceDatabase {
  readonly orm: MikroORM;
  readonly database: EntityDatabase;
  /** Answers within a second whether the database does. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** A frozen process must not keep hot rows locked, and nothing waits without a deadline. */
const TIMEOUT_MS = 5_000;
/** A server that is frozen or unreachable says nothing more, not even that a statement took too long. */
const SILENCE_MS = 2 * TIMEOUT_MS;
/** How long a start waits for a database that does not answer yet. */
const CONNECT_DEADLINE_MS = 60_000;
/** Any number that no other advisory lock of these databases uses. */
const MIGRATION_LOCK = 4_864_001;

/**
 * Opens a service's database and brings its schema up to date, one process at a time under an advisory lock.
 * Every connection has lock, statement and idle-in-transaction timeouts of 5 s, and reads instants as `Date`.
 * Waits up to 60 s for a database that does not answer yet, then rejects with its last error.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<ServiceDatabase> {
  await migrate(options);
  const orm = await initOrm(options, options.poolSize ?? 8, TIMEOUT_MS);
  const read = orm.em.fork().getKysely() as unknown as Tx;
  const database: EntityDatabase = {
    url: options.url,
    read,
    // Not em.transactional of MikroORM 7.2: its controlled transaction keeps its connection for good when the rollback fails,
    // so that every restart of PostgreSQL in the middle of a transaction would take one from the pool.
    transaction: (work) => read.transaction().execute(work),
    entities: (tx) => {
      const em = orm.em.fork();
      em.setTransactionContext(tx);
      return em;
    },
  };
  return {
    orm,
    database,
    isReady: () => answersWithin(() => sql`select 1`.execute(read), 1_000),
    close: () => orm.close(true),
  };
}

async function migrate(options: OpenDatabaseOptions): Promise<void> {
  const { signal } = options;
  const guard = await connectWithin(options, CONNECT_DEADLINE_MS);
  const orm = await initOrm(options, 2, 0);
  try {
    await untilAborted(signal, guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]));
    const done = await orm.migrator.up();
    if (done.length > 0) options.log.info({ event: 'migrated', migrations: done.map(({ name }) => name) });
  } finally {
    // A connection that still waits for the lock does not take leave.
    if (signal?.aborted) guard.connection.stream.destroy();
    else await guard.end();
    await orm.close(true);
  }
}

async function connectWithin(
  { url, log, signal }: OpenDatabaseOptions,
  deadlineMs: number,
): Promise<pg.Client> {
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

function initOrm(options: OpenDatabaseOptions, poolSize: number, timeoutMs: number): Promise<MikroORM> {
  const session = {
    lock_timeout: timeoutMs,
    statement_timeout: timeoutMs,
    idle_in_transaction_session_timeout: timeoutMs,
    timezone: 'UTC',
  };
  return MikroORM.init({
    clientUrl: options.url,
    entities: [...options.entities],
    extensions: [Migrator],
    migrations: {
      migrationsList: [...options.migrations],
      snapshot: false,
      transactional: true,
      allOrNothing: true,
    },
    pool: { min: 0, max: poolSize },
    driverOptions: {
      options: Object.entries(session)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      connectionTimeoutMillis: TIMEOUT_MS,
      ...(timeoutMs > 0 ? { stream: aSocketThatGivesUp } : {}),
      onPoolCreated: (pool: pg.Pool) => readInstantsAsDates(pool),
    },
    logger: (message) => options.log.debug({ event: 'orm', message }),
  });
}

function aSocketThatGivesUp(): Socket {
  const socket = new Socket();
  return socket.setTimeout(SILENCE_MS, () => {
    const message = `PostgreSQL has been silent for ${SILENCE_MS} ms`;
    socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
  });
}

const TIMESTAMPTZ_OID = pg.types.builtins.TIMESTAMPTZ;
const readInstant: (text: string) => Date = pg.types.getTypeParser(TIMESTAMPTZ_OID);

/** MikroORM leaves instants as text; everything here, entities too, reads them as Dates. */
function readInstantsAsDates(pool: pg.Pool): void {
  const { types } = pool.options as {
    types?: { setTypeParser?(oid: number, parse: (text: string) => Date): void };
  };
  types?.setTypeParser?.(TIMESTAMPTZ_OID, (text) => readInstant(text));
}

async function answersWithin(ask: () => Promise<unknown>, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  const answer = ask().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
