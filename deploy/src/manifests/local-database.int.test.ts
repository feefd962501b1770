import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { contentOf, environmentOf } from './environment.ts';
import { initStatements } from './init-statements.ts';
import { renderOverlay } from './render.ts';
import { workloadsOf } from './workloads.ts';

/** What the local overlay's PostgreSQL is given, run on a real one: its script, with the passwords of its Secrets. */
describe('the roles and databases of the local overlay', () => {
  let servers: TestServers;
  let passwords: ReadonlyMap<string, string>;
  beforeAll(async () => {
    servers = await startTestServers({ parts: ['postgres'] });
    const { manifests } = await renderOverlay('local');
    const postgres = workloadsOf(manifests).find(({ name }) => name === 'StatefulSet/postgres')!;
    const { variables } = environmentOf(postgres.pod.containers[0]!, manifests);
    const script = postgres.pod.volumes
      .map(({ configMap }) => contentOf(manifests, 'ConfigMap', configMap?.name ?? ''))
      .find((content) => content !== null)!['roles-and-databases.sql']!;
    const environment = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    await run(servers.postgres.url('postgres'), ...initStatements(script, environment));
    passwords = new Map(
      variables.map(({ name, value }) => [name.replace('_PASSWORD', '').toLowerCase(), value]),
    );
  }, 120_000);
  afterAll(() => servers.stop());

  async function run(url: string, ...statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end().catch(() => {});
    }
  }
  const as = (role: string, database: string): string => {
    const url = new URL(servers.postgres.url(database));
    url.username = role;
    url.password = passwords.get(role)!;
    return url.href;
  };

  it('let an owner make what a migration makes, and its service use what it is granted', async () => {
    for (const service of ['orders', 'inventory']) {
      await run(
        as(`${service}_owner`, service),
        'create extension if not exists pg_trgm',
        'create table thing (id int)',
        `grant select, insert on thing to ${service}`,
      );
      await run(as(service, service), 'insert into thing values (1)', 'select * from thing');
    }
  });

  it.each([
    ['orders', 'orders', 'create table other (id int)', /permission denied for schema public/],
    ['orders', 'orders', 'create temporary table other (id int)', /permission denied to create temporary/],
    ['orders', 'orders', 'drop table thing', /must be owner/],
    ['inventory', 'inventory', 'delete from thing', /permission denied for table thing/],
    ['orders', 'inventory', 'select 1', /permission denied for database "inventory"/],
    ['inventory', 'orders', 'select 1', /permission denied for database "orders"/],
    ['orders_owner', 'inventory', 'select 1', /permission denied for database "inventory"/],
    ['orders', 'postgres', 'select 1', /permission denied for database "postgres"/],
    ['orders_owner', 'orders', 'create role other', /permission denied to create role/],
    ['inventory_owner', 'inventory', 'create database other', /permission denied to create database/],
  ])('refuse %s in %s: %s', async (role, database, statement, problem) => {
    await expect(run(as(role, database), statement)).rejects.toThrow(problem);
  });
});
