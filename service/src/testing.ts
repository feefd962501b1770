import { messagingSchema } from '@holdfast/messaging';
import type { TestServers } from '@holdfast/servers';
import { randomBytes } from 'node:crypto';
import { Client, type QueryResult } from 'pg';
import type { ServiceDatabase } from './database.ts';

/**
 * What would have to change in a migrated database for its tables to be those that the entities say, as lines of SQL; none when
 * they agree on tables, columns, types, defaults, nullability and the columns of primary keys. Indexes, checks and foreign keys
 * are stated by the migrations alone, and messaging's tables have no entities.
 */
export async function schemaDrift({ orm }: Pick<ServiceDatabase, 'orm'>): Promise<readonly string[]> {
  const lines = (await orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n');
  return lines.filter((line) => line !== '' && !isMessagingTable(line) && !isStatedByMigrations.test(line));
}

const isStatedByMigrations = /^drop index|^alter table "\w+" drop constraint "\w+";$/;

const messagingTables = messagingSchema.flatMap(
  (statement) => /create table (\w+)/.exec(statement)?.[1] ?? [],
);

const isMessagingTable = (line: string): boolean =>
  messagingTables.some((table) => line.startsWith(`drop table if exists "${table}"`));

/** A database as a cluster has it: one role owns it, another is to work in it. */
export interface TwoRoleDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly serviceRole: string;
  /** As the service's role, which may do nothing until the migration job has run. */
  readonly serviceUrl: string;
  /** Runs a statement there as the server's superuser. */
  asSuperuser(statement: string): Promise<unknown>;
}

/** An empty database with two roles of its own. */
export async function aTwoRoleDatabase({ postgres }: TestServers): Promise<TwoRoleDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const [owner, serviceRole] = [`${name}_owner`, `${name}_service`];
  const urlOf = (role: string): string => {
    const url = new URL(postgres.url(name));
    [url.username, url.password] = [role, 'password'];
    return url.href;
  };
  for (const role of [owner, serviceRole])
    await run(postgres.url('postgres'), `create role ${role} login password 'password'`);
  await run(postgres.url('postgres'), `create database ${name} owner ${owner}`);
  return {
    name,
    ownerUrl: urlOf(owner),
    serviceRole,
    serviceUrl: urlOf(serviceRole),
    asSuperuser: (statement) => run(postgres.url(name), statement),
  };
}

/** The error code with which PostgreSQL refuses a statement on a connection of its own; null when it does not. */
export const refusalOf = (url: string, statement: string): Promise<string | null> =>
  run(url, statement).then(
    () => null,
    (error: Error & { readonly code?: string }) => error.code ?? error.message,
  );

/** The tables of a database, sorted. */
export async function tablesOf(url: string): Promise<string[]> {
  const { rows } = await run(url, `select tablename from pg_tables where schemaname = 'public' order by 1`);
  return rows.map((row) => String(row['tablename']));
}

async function run(url: string, statement: string): Promise<QueryResult<Record<string, unknown>>> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return await client.query<Record<string, unknown>>(statement);
  } finally {
    await client.end().catch(() => {});
  }
}
