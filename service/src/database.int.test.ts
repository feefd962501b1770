import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { defineEntity, LockMode, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { saysServerAway } from '@holdfast/messaging';
import { sql } from 'kysely';
import { Client } from 'pg';
import { openDatabase, type ServiceDatabase } from './database.ts';
import { createLogger } from './logger.ts';

class CreateNote extends Migration {
  override async up(): Promise<void> {
    this.addSql('create table note (id int primary key, written_at timestamptz not null default now())');
  }
}

const NoteEntity = defineEntity({
  name: 'Note',
  properties: { id: p.integer().primary().autoincrement(false), writtenAt: p.datetime().defaultRaw('now()') },
});

describe('a service database', () => {
  let servers: TestServers;
  let url: string;
  let opened: ServiceDatabase[] = [];
  const open = async (signal?: AbortSignal): Promise<ServiceDatabase> => {
    const migrations = [{ name: 'CreateNote', class: CreateNote }];
    const service = await openDatabase({
      url,
      entities: [NoteEntity],
      migrations,
      rights: { note: ['select'] },
      log: createLogger('sample', 'silent'),
      signal,
    });
    opened.push(service);
    return service;
  };

  beforeAll(async () => {
    servers = await startTestServers();
    url = await servers.postgres.createDatabase();
  });
  afterAll(async () => {
    await Promise.all(opened.map((service) => service.close()));
    await servers.stop();
  });

  it('is migrated once when two processes open it at the same time', async () => {
    await expect(Promise.all([open(), open()])).resolves.toHaveLength(2);
    expect(await opened[0]!.isReady()).toBe(true);
  });

  it('stops waiting for its turn to migrate when it is told to', async () => {
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('select pg_advisory_lock(4864001)');
    const ending = new AbortController();
    const opening = open(ending.signal);
    const waits = async () => {
      const { rows } = await other.query(`select from pg_locks where locktype = 'advisory' and not granted`);
      return rows.length === 1;
    };
    expect(await waitUntil(waits, { withinMs: 10_000 })).toBe(true);
    ending.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    await other.end();
    await expect(open()).resolves.toBeDefined();
  });

  it('gives every connection deadlines, and instants as dates', async () => {
    const { database } = await open();
    await database.transaction((tx) => sql`insert into note (id) values (1)`.execute(tx));
    const { rows } = await sql`
      select written_at, current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle from note`.execute(database.read);
    expect(rows).toEqual([{ written_at: expect.any(Date), lock: '5s', statement: '5s', idle: '5s' }]);
  });

  it('rolls back what a rejected transaction wrote', async () => {
    const { database } = await open();
    const broken = database.transaction(async (tx) => {
      await sql`insert into note (id) values (2)`.execute(tx);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect((await sql`select from note where id = 2`.execute(database.read)).rows).toHaveLength(0);
  });

  it('commits and rolls back what entities wrote with the transaction that they were given', async () => {
    const { database } = await open();
    const writtenAt = new Date('2026-01-02T03:04:05.678Z');
    await database.transaction(async (tx) => {
      const em = database.entities(tx);
      em.create(NoteEntity, { id: 10, writtenAt });
      await em.flush();
      const { rows } = await sql`select id from note where id = 10`.execute(tx);
      expect(rows).toEqual([{ id: 10 }]);
      expect(await database.entities(database.read).findOne(NoteEntity, 10)).toBeNull();
    });
    const broken = database.transaction(async (tx) => {
      const em = database.entities(tx);
      const note = await em.findOneOrFail(NoteEntity, 10, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expect(note.writtenAt).toEqual(writtenAt);
      note.writtenAt = new Date(0);
      await em.flush();
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await database.entities(database.read).findOneOrFail(NoteEntity, 10)).toMatchObject({ writtenAt });
  });

  it('keeps a row that was locked as an entity from other transactions until its own ends', async () => {
    const { database } = await open();
    await sql`insert into note (id) values (11)`.execute(database.read);
    await database.transaction(async (tx) => {
      await database.entities(tx).findOneOrFail(NoteEntity, 11, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const meanwhile = sql`select from note where id = 11 for update nowait`.execute(database.read);
      await expect(meanwhile).rejects.toMatchObject({ code: '55P03' });
    });
    const after = await sql`select from note where id = 11 for update nowait`.execute(database.read);
    expect(after.rows).toHaveLength(1);
  });

  it('keeps its connections when PostgreSQL ends more transactions in the middle than the pool holds', async () => {
    const { database } = await open();
    for (let round = 0; round < 10; round += 1) {
      const ended = database.transaction((tx) =>
        sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx),
      );
      await expect(ended).rejects.toThrow(/terminat/i);
      const endedAmidEntities = database.transaction(async (tx) => {
        await database.entities(tx).find(NoteEntity, {});
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
      });
      await expect(endedAmidEntities).rejects.toThrow(/terminat/i);
    }
    await database.transaction((tx) => sql`insert into note (id) values (3)`.execute(tx));
    expect((await sql`select from note where id = 3`.execute(database.read)).rows).toHaveLength(1);
  });

  it('gives up on a PostgreSQL that has fallen silent, and works with it again after', async () => {
    const { database } = await open();
    let pid = 0;
    const silenced = database.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      pid = rows[0]!.pid;
      process.kill(pid, 'SIGSTOP');
      await sql`insert into note (id) values (4)`.execute(tx);
    });
    try {
      expect(saysServerAway(await silenced.catch((error: unknown) => error))).toBe(true);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect((await sql`select 1 as one`.execute(database.read)).rows).toEqual([{ one: 1 }]);
  }, 20_000);

  it('says that it is not ready while PostgreSQL is away, and is ready again after', async () => {
    const service = await open();
    await servers.postgres.stop();
    expect(await service.isReady()).toBe(false);
    await servers.postgres.start();
    expect(await service.isReady()).toBe(true);
  });
});
