import pg from 'pg';
import type { Attempt } from './refusal.ts';

export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  /** Null where TLS is not offered. */
  readonly authority: string | null;
  readonly isTlsDemanded: boolean;
  /** Passwords by role. */
  readonly passwords: ReadonlyMap<string, string>;
}

/** What PostgreSQL says, by the code of its error. */
const WORDS: Readonly<Record<string, string>> = {
  '42501': 'no right',
  '28000': 'no entry',
  '28P01': 'wrong password',
};

interface StatementRule {
  readonly role: string;
  readonly database: string;
  readonly sql: string;
  /** Any of these must be the answer. */
  readonly expected: string;
}

const services = [
  { role: 'orders', other: 'inventory', table: 'orders', key: 'id' },
  { role: 'inventory', other: 'orders', table: 'stock_level', key: 'sku' },
] as const;

/** What a service's role must be refused in its own database. */
const forServices: readonly StatementRule[] = services.flatMap(({ role, table }) =>
  [
    'create table rehearsal (id int)',
    'create temporary table rehearsal (id int)',
    'create schema rehearsal',
    'create role rehearsal',
    'create database rehearsal',
    `drop table ${table}`,
    `alter table ${table} add column rehearsal int`,
    `truncate ${table}`,
    'truncate journal',
    "update journal set type = 'Other'",
    'delete from journal',
    `delete from ${table}`,
    'delete from mikro_orm_migrations',
    'create index on journal (type)',
    `alter table ${table} disable trigger all`,
    `set role ${role}_owner`,
    'select rolpassword from pg_authid',
    "select pg_read_file('/etc/hostname')",
    "copy journal to program 'cat'",
    'alter role current_user superuser',
  ].map((sql) => ({ role, database: role, sql, expected: 'no right' })),
);

/** What an owner must be refused: it owns its database and nothing of the server. */
const forOwners: readonly StatementRule[] = services.flatMap(({ role, other }) =>
  [
    'create role rehearsal',
    'create database rehearsal',
    `drop database ${other}`,
    `alter role ${role} superuser`,
    'select rolpassword from pg_authid',
    "copy journal to program 'cat'",
  ].map((sql) => ({ role: `${role}_owner`, database: role, sql, expected: 'no right' })),
);

/** Everything that roles of PostgreSQL must be refused, and that strangers must. */
export function databaseAttempts(place: DatabasePlace): readonly Attempt[] {
  const statement = ({ role, database, sql, expected }: StatementRule): Attempt => ({
    who: role,
    what: sql,
    expected,
    make: () => outcomeOf(place, { user: role, database }, sql),
  });
  // Without a rule of access for it PostgreSQL lets nobody in; with one, the database itself does not.
  const noWayIn = place.isTlsDemanded ? 'no entry' : 'no right';
  const elsewhere = services.flatMap(({ role, other }) =>
    [role, `${role}_owner`].flatMap((who) =>
      [other, 'postgres', 'template1'].map((database) => ({
        who,
        what: `connect to ${database}`,
        expected: noWayIn,
        make: () => outcomeOf(place, { user: who, database }, 'select 1'),
      })),
    ),
  );
  const passwords = [...place.passwords.keys()].map((role) => ({
    who: role,
    what: 'connect with a wrong password',
    expected: 'wrong password',
    make: () =>
      outcomeOf(place, { user: role, database: role.replace('_owner', ''), password: 'wrong' }, 'select 1'),
  }));
  const plain = [...place.passwords.keys()].map((role) => ({
    who: role,
    what: 'connect without TLS',
    expected: 'no entry',
    make: () =>
      outcomeOf(place, { user: role, database: role.replace('_owner', ''), ssl: false }, 'select 1'),
  }));
  return [
    ...forServices.map(statement),
    ...forOwners.map(statement),
    ...elsewhere,
    ...passwords,
    ...(place.isTlsDemanded ? plain : []),
  ];
}

async function outcomeOf(place: DatabasePlace, options: pg.ClientConfig, sql: string): Promise<string> {
  const { host, port, authority, passwords } = place;
  const client = new pg.Client({
    host,
    port,
    password: passwords.get(options.user ?? '') ?? '',
    ...(authority === null ? {} : { ssl: { ca: authority } }),
    connectionTimeoutMillis: 10_000,
    ...options,
  });
  client.on('error', () => {}); // A refused connection is also said by connect.
  try {
    await client.connect();
    await client.query('begin');
    await client.query(sql).catch((error: { code?: string }) => {
      // These cannot be run in a transaction, and would be refused for that before their rights are looked at.
      if (error.code !== '25001') throw error;
      return client.query('rollback').then(() => client.query(sql));
    });
    return 'allowed';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return WORDS[code ?? ''] ?? `${code ?? ''} ${message}`;
  } finally {
    await client.end();
  }
}
