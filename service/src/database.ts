import type { Database, Provision, TableRights, Tx } from '@holdfast/messaging';
import type {
  EntityManager,
  EntitySchema,
  EntitySchemaWithMeta,
  InferKyselyTable,
  MikroORM,
} from '@mikro-orm/postgresql';
import type { Migration } from '@mikro-orm/migrations';
import { sql, type Selectable } from 'kysely';
import { awaitSchema } from './await-schema.ts';
import type { Logger } from './logger.ts';
import { migrate } from './migrate.ts';
import { initOrm, TIMEOUT_MS } from './orm.ts';

type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

export interface OpenDatabaseOptions {
  readonly url: string;
  readonly entities: readonly EntitySchema[];
  /** In the order in which they run; a name once released never changes. */
  readonly migrations: readonly { readonly name: string; readonly class: MigrationClass }[];
  /** Connections at most. Default 8, which beat 32 on two cores. */
  readonly poolSize?: number | undefined;
  /** What the service's code does with each table: `wait` also waits until its role may do so. */
  readonly rights: TableRights;
  /** Who migrates. Default `self`. */
  readonly provision?: Provision | undefined;
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

/**
 * Opens a service's database. Every connection has lock, statement and idle-in-transaction timeouts of 5 s, and reads instants
 * as `Date`. With `self` it brings the schema up to date, one process at a time under an advisory lock, waits up to 60 s for a
 * database that does not answer yet, and then rejects with its last error. With `wait` it waits for as long as it takes.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<ServiceDatabase> {
  await (options.provision === 'wait' ? awaitSchema(options) : migrate(options));
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
