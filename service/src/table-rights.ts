import type { TableRights } from '@holdfast/messaging';
import pg from 'pg';
import { SettingsError } from './settings.ts';

/** Where it is written down what has been migrated; a service's role reads it and no more. */
export const MIGRATIONS_TABLE = 'mikro_orm_migrations';

const identifier = (name: string): string => pg.escapeIdentifier(name);

/**
 * Gives a service's role exactly these rights in the database of `client`, whose role owns it, and takes from everybody else
 * what PostgreSQL gives by default: to connect, to make temporary tables and to use the schema. In one transaction; safe to
 * repeat. Rejects with a SettingsError, having changed nothing, for a role that is not there or that rights do not bind.
 */
export async function grantRights(client: pg.Client, role: string, rights: TableRights): Promise<void> {
  await requireBoundRole(client, role);
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const [to, database] = [identifier(role), identifier(rows[0]!.name)];
  const statements = [
    'begin',
    `revoke all on database ${database} from public, ${to}`,
    `grant connect on database ${database} to ${to}`,
    `revoke all on schema public from public, ${to}`,
    `grant usage on schema public to ${to}`,
    `revoke all on all tables in schema public from public, ${to}`,
    `revoke all on all sequences in schema public from public, ${to}`,
    `grant select on ${MIGRATIONS_TABLE} to ${to}`,
    ...Object.entries(rights).map(
      ([table, allowed]) => `grant ${allowed.join(', ')} on ${identifier(table)} to ${to}`,
    ),
  ];
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function requireBoundRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ isSuper: boolean; isOwner: boolean }>(
    `select rolsuper as "isSuper", pg_has_role(oid, current_user, 'member') as "isOwner"
     from pg_roles where rolname = $1`,
    [role],
  );
  const [found] = rows;
  const refuse = (allowed: string): never => {
    throw new SettingsError(`DATABASE_SERVICE_ROLE is "${role}"; allowed: ${allowed}`);
  };
  if (found === undefined) return refuse('a role that is there');
  if (found.isSuper) return refuse('a role that is no superuser, since rights do not bind one');
  if (found.isOwner) return refuse('a role other than the one that migrates, and no member of it');
}
