import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { messagingRights } from '@holdfast/messaging';
import { rightsUsedIn } from '@holdfast/messaging/testing';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { createLogger } from '@holdfast/service';
import { aTwoRoleDatabase, refusalOf, tablesOf, type TwoRoleDatabase } from '@holdfast/service/testing';
import { migrateOrdersDatabase } from '../src/store/open-orders-database.ts';
import { rights } from './rights.ts';

let servers: TestServers;
let database: TwoRoleDatabase;
let other: TwoRoleDatabase;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  const log = createLogger('orders', 'silent');
  const migrated = async (): Promise<TwoRoleDatabase> => {
    const made = await aTwoRoleDatabase(servers);
    await migrateOrdersDatabase({ databaseUrl: made.ownerUrl, serviceRole: made.serviceRole }, log);
    return made;
  };
  database = await migrated();
  other = await migrated();
});
afterAll(() => servers?.stop());

describe('the rights of the orders service', () => {
  it('name every table that the migrations make', async () => {
    const tables = await tablesOf(database.ownerUrl);
    expect(tables.filter((table) => table !== 'mikro_orm_migrations')).toEqual(
      Object.keys(rights).toSorted(),
    );
  });

  it('are what its statements need, neither more nor less', () => {
    const own = Object.fromEntries(Object.entries(rights).filter(([table]) => !(table in messagingRights)));
    const src = new URL('../src/', import.meta.url);
    const folders = ['store', 'commands', 'consumers', 'queries'].map((name) => new URL(name, src));
    expect(rightsUsedIn(folders, Object.keys(own))).toEqual(own);
  });

  it('keep it from what it never does', async () => {
    const statements = [
      `update journal set type = 'changed'`,
      'delete from journal',
      'truncate journal',
      'drop table journal',
      'alter table journal add column more text',
      'delete from parked',
      'insert into relay_lease (singleton) values (true)',
      'delete from orders',
      'delete from order_line',
      'update order_line set quantity = 1',
      'delete from idempotency_key',
      'create table mine (id int)',
      'create temporary table mine (id int)',
      `insert into mikro_orm_migrations (name) values ('mine')`,
    ];
    const refusals = await Promise.all(
      statements.map((statement) => refusalOf(database.serviceUrl, statement)),
    );
    expect(refusals).toEqual(statements.map(() => '42501'));
    const otherDatabase = new URL(database.serviceUrl);
    otherDatabase.pathname = other.name;
    expect(await refusalOf(otherDatabase.href, 'select 1')).toBe('42501');
  });
});
