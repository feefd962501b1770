import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { Socket } from 'node:net';
import pg from 'pg';
import { parse } from 'pg-connection-string';
import type { OpenDatabaseOptions } from './database.ts';

/** A server that does not answer a connection or a statement for so long is away, and no row stays locked for longer. */
export const TIMEOUT_MS = 5_000;
/** A server that is frozen or unreachable says nothing more, not even that a statement took too long. */
const SILENCE_MS = 2 * TIMEOUT_MS;

/** A pool whose connections have these lock, statement and idle-in-transaction timeouts (0: none) and read instants as `Date`. */
export function initOrm(
  options: OpenDatabaseOptions,
  poolSize: number,
  timeoutMs: number,
): Promise<MikroORM> {
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
      ...tlsOf(options.url),
      ...(timeoutMs > 0 ? { stream: aSocketThatGivesUp } : {}),
      onPoolCreated: (pool: pg.Pool) => readInstantsAsDates(pool),
    },
    logger: (message) => options.log.debug({ event: 'orm', message }),
  });
}

/** What the URL says of TLS, such as `sslmode=verify-full&sslrootcert=FILE`, which MikroORM leaves aside. */
function tlsOf(url: string): Pick<pg.ClientConfig, 'ssl'> {
  const { ssl } = parse(url);
  return ssl === undefined || ssl === null ? {} : { ssl: ssl as boolean | object };
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
