import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { defineEntity, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { sql } from 'kysely';
import { pino } from 'pino';
import { openDatabase, type ServiceDatabase } from './database.ts';
import { createLogger } from './logger.ts';
import { migrateFor } from './migrate.ts';
import { SettingsError } from './settings.ts';
import { aTwoRoleDatabase, refusalOf, type TwoRoleDatabase } from './testing.ts';

class CreateNote extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table note (id bigint generated always as identity primary key, text text not null)');
  }
}
class CreateLabel extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table label (id int primary key)');
  }
}
const NoteEntity = defineEntity({
  name: 'Note',
  properties: { id: p.bigint().primary(), text: p.text() },
});
const first = { name: 'create-note', class: CreateNote };
const second = { name: 'create-label', class: CreateLabel };
const older = {
  entities: [NoteEntity],
  migrations: [first],
  rights: { note: ['select', 'insert'] },
} as const;
const newer = {
  entities: [NoteEntity],
  migrations: [first, second],
  rights: { ...older.rights, label: ['select'] },
} as const;
const log = createLogger('sample', 'silent');

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
});
afterAll(() => servers?.stop());

const migrate = ({ ownerUrl, serviceRole }: TwoRoleDatabase, code: typeof older | typeof newer) =>
  migrateFor(serviceRole, { ...code, url: ownerUrl, log });

/** A service that waits; `said` is what its log says it waits for. */
function waiting({ serviceUrl }: TwoRoleDatabase, code: typeof older | typeof newer) {
  const ending = new AbortController();
  const said: string[] = [];
  const hear = { write: (line: string) => said.push((JSON.parse(line) as { lacking: string }).lacking) };
  let opened: ServiceDatabase | undefined;
  const opening = openDatabase({
    ...code,
    url: serviceUrl,
    provision: 'wait',
    log: pino({}, hear),
    signal: ending.signal,
  }).then((service) => (opened = service));
  return { said, opening, ending, isOpen: () => opened !== undefined };
}

describe('a service that waits for its schema', () => {
  it('migrates nothing itself, and opens when the job is done', async () => {
    const database = await aTwoRoleDatabase(servers);
    const service = waiting(database, older);
    expect(await waitUntil(() => service.said[0], { withinMs: 10_000 })).toMatch(/does not exist/);
    expect(service.isOpen()).toBe(false);
    await migrate(database, older);
    const opened = await service.opening;
    await opened.database.transaction((tx) => sql`insert into note (text) values ('kept')`.execute(tx));
    expect((await sql`select text from note`.execute(opened.database.read)).rows).toEqual([{ text: 'kept' }]);
    await opened.close();
  });

  it('takes a schema that is newer than its code, and waits while it is older', async () => {
    const database = await aTwoRoleDatabase(servers);
    await migrate(database, older);
    const upgraded = waiting(database, newer);
    expect(await waitUntil(() => upgraded.said[0], { withinMs: 10_000 })).toBe('migrations create-label');
    await migrate(database, newer);
    await (await upgraded.opening).close();
    const rolledBack = waiting(database, older);
    await (await rolledBack.opening).close();
    expect(rolledBack.said).toEqual([]);
  });

  it('waits for its rights too', async () => {
    const database = await aTwoRoleDatabase(servers);
    await migrate(database, newer);
    await database.asSuperuser(`revoke select on label from ${database.serviceRole}`);
    const service = waiting(database, newer);
    expect(await waitUntil(() => service.said[0], { withinMs: 10_000 })).toBe('rights select on label');
    await migrate(database, newer);
    await (await service.opening).close();
  });

  it('waits for a server that is away, and stops waiting when it is told to', async () => {
    const database = await aTwoRoleDatabase(servers);
    await servers.postgres.stop();
    const service = waiting(database, older);
    expect(await waitUntil(() => service.said[0], { withinMs: 10_000 })).toMatch(/ECONNREFUSED/);
    service.ending.abort();
    await expect(service.opening).rejects.toMatchObject({ name: 'AbortError' });
    await servers.postgres.start();
  });
});

describe('the migration job', () => {
  it('gives the service what it needs and no more, and changes nothing when it is repeated', async () => {
    const [database, other] = [await aTwoRoleDatabase(servers), await aTwoRoleDatabase(servers)];
    await migrate(database, older);
    await migrate(other, older);
    await Promise.all([migrate(database, older), migrate(database, older)]);
    const otherUrl = new URL(database.serviceUrl);
    otherUrl.pathname = other.name;
    const attempts: readonly [url: string, statement: string, refusal: string | null][] = [
      [database.serviceUrl, `insert into note (text) values ('mine')`, null],
      [database.serviceUrl, 'select from note', null],
      [database.serviceUrl, 'select from mikro_orm_migrations', null],
      [database.serviceUrl, `update note set text = 'changed'`, '42501'],
      [database.serviceUrl, 'delete from note', '42501'],
      [database.serviceUrl, 'truncate note', '42501'],
      [database.serviceUrl, 'drop table note', '42501'],
      [database.serviceUrl, 'alter table note add column more text', '42501'],
      [database.serviceUrl, 'create table mine (id int)', '42501'],
      [database.serviceUrl, 'create temporary table mine (id int)', '42501'],
      [database.serviceUrl, 'create schema mine', '42501'],
      [database.serviceUrl, 'begin; lock table note in access exclusive mode', '42501'],
      [database.serviceUrl, `insert into mikro_orm_migrations (name) values ('x')`, '42501'],
      [database.serviceUrl, `select nextval('note_id_seq')`, '42501'],
      [otherUrl.href, 'select 1', '42501'],
    ];
    const refusals = await Promise.all(attempts.map(([url, statement]) => refusalOf(url, statement)));
    expect(refusals).toEqual(attempts.map(([, , refusal]) => refusal));
  });

  it('takes back a right that is no longer needed', async () => {
    const database = await aTwoRoleDatabase(servers);
    await migrate(database, older);
    await database.asSuperuser(`grant delete on note to ${database.serviceRole}`);
    expect(await refusalOf(database.serviceUrl, 'delete from note')).toBeNull();
    await migrate(database, older);
    expect(await refusalOf(database.serviceUrl, 'delete from note')).toBe('42501');
  });

  it('refuses a role that is not there, that owns the database or that rights do not bind', async () => {
    const database = await aTwoRoleDatabase(servers);
    const refused = async (serviceRole: string) => {
      const error: unknown = await migrate({ ...database, serviceRole }, older).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(SettingsError);
      return (error as Error).message;
    };
    expect(await refused('nobody')).toBe('DATABASE_SERVICE_ROLE is "nobody"; allowed: a role that is there');
    expect(await refused(`${database.name}_owner`)).toMatch(/other than the one that migrates/);
    expect(await refused('holdfast')).toMatch(/no superuser/);
  });
});
