import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { identifyProcess, startTestServers, waitUntil } from './door.ts';
import type { TestServers } from './door.ts';

describe('test servers', () => {
  let servers: TestServers;
  beforeAll(async () => {
    servers = await startTestServers();
  });
  afterAll(() => servers.stop());

  it('give a PostgreSQL 18 that writes durably and keeps its data over a restart and a SIGKILL', async () => {
    const url = await servers.postgres.createDatabase();
    await query(url, 'create table kept (n int)');
    for (const interrupt of ['restart', 'kill'] as const) {
      const before = servers.postgres.pid;
      await query(url, 'insert into kept values (1)');
      await servers.postgres[interrupt]();
      await servers.postgres.start();
      expect(servers.postgres.pid).not.toBe(before);
    }
    expect(await query(url, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
    expect(await query(url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(url, "select current_setting('server_version_num')::int / 10000 as v")).toEqual([
      { v: 18 },
    ]);
  });

  it('start PostgreSQL at once after a SIGKILL, while backends of the killed one are still busy', async () => {
    const url = await servers.postgres.createDatabase();
    const busy = new pg.Client({ connectionString: url });
    busy.on('error', () => {});
    await busy.connect();
    const work = busy
      .query(
        `do $$ declare begun timestamptz = clock_timestamp(); begin
           while clock_timestamp() < begun + interval '2 s' loop end loop; end $$`,
      )
      .catch((error: Error) => error);
    const isAtWork = () =>
      query(url, "select 1 from pg_stat_activity where query like 'do %' and state = 'active'");
    await waitUntil(async () => (await isAtWork()).length > 0, { withinMs: 5_000 });
    await servers.postgres.kill();
    await servers.postgres.start();
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await work;
  });

  it('give a nats-server with JetStream that comes back on the same address with the same store', async () => {
    const greeting = await greet(servers.nats.url);
    expect(greeting).toMatchObject({ jetstream: true, max_payload: 1024 * 1024 });
    const before = servers.nats.pid;
    await servers.nats.kill();
    await servers.nats.start();
    expect(servers.nats.pid).not.toBe(before);
    expect((await greet(servers.nats.url))['server_id']).not.toBe(greeting['server_id']);
    expect(existsSync(servers.nats.storeFolder)).toBe(true);
  });
});

it('leaves no process and no folder after stop, also when asked twice', async () => {
  const servers = await startTestServers();
  const pids = [servers.postgres.pid, servers.nats.pid];
  const folder = dirname(dirname(servers.nats.storeFolder));
  await servers.stop();
  await servers.stop();
  expect(await Promise.all(pids.map(identifyProcess))).toEqual([null, null]);
  expect(existsSync(folder)).toBe(false);
});

it('leaves no process and no folder when the process that started them is killed', async () => {
  const door = join(import.meta.dirname, 'door.ts');
  const script = `const { startTestServers } = await import(${JSON.stringify(door)});
    const s = await startTestServers();
    console.log(JSON.stringify([s.postgres.pid, s.nats.pid, s.nats.storeFolder]));
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const line = await new Promise<string>((resolve) =>
    owner.stdout.once('data', (data) => resolve(String(data))),
  );
  const [postgres, nats, store] = JSON.parse(line) as [number, number, string];
  const command = await readFile(`/proc/${postgres}/cmdline`, 'utf8').catch(() => 'postgres');
  expect(command).toContain('postgres');
  owner.kill('SIGKILL');
  const isGone = async () =>
    (await identifyProcess(postgres)) === null &&
    (await identifyProcess(nats)) === null &&
    !existsSync(dirname(dirname(store)));
  expect(await waitUntil(isGone, { withinMs: 10_000 })).toBe(true);
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

function greet(url: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(JSON.parse(String(data).slice('INFO '.length)) as Record<string, unknown>);
    });
  });
}
