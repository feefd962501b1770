import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  findNatsServer,
  findPostgres,
  identifyProcess,
  startTestServers,
  waitUntil,
} from '@holdfast/servers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readRunFile } from './run-file.ts';
import { aDataFolder, cleanUp, killAll, startProgram, untilSays } from './testing.ts';
import type { StartedProgram } from './testing.ts';

const SERVERS = ['postgres', 'nats-server'];
const SERVICES = ['orders', 'inventory', 'gateway'];

describe('npm start', () => {
  let dataFolder: string;
  let started: StartedProgram[];
  beforeEach(() => {
    dataFolder = aDataFolder();
    started = [];
  });
  afterEach(() => cleanUp(started, dataFolder));

  const start = (env: NodeJS.ProcessEnv = {}): StartedProgram => {
    const program = join(import.meta.dirname, 'test-programs', 'start-stand-ins.ts');
    const one = startProgram(program, dataFolder, env);
    started.push(one);
    return one;
  };
  const startAndWait = async (env: NodeJS.ProcessEnv = {}): Promise<StartedProgram> => {
    const one = start(env);
    await untilSays(one, 'READY');
    return one;
  };
  const processes = () => readRunFile(dataFolder)?.processes ?? [];
  const pidOf = (name: string) => processes().find((one) => one.name === name)?.pid ?? 0;
  const log = (service: string) => readFileSync(join(dataFolder, 'logs', `${service}.log`), 'utf8');

  it('stops services before servers on a Ctrl-C pressed twice, and leaves no process', async () => {
    const { process: child, ended } = await startAndWait();
    const all = processes();
    expect(all.map(({ name }) => name)).toEqual(['start', ...SERVERS, ...SERVICES]);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toBe('code 0');
    expect(await Promise.all(all.map(({ pid }) => identifyProcess(pid)))).toEqual(all.map(() => null));
    for (const service of SERVICES) expect(log(service)).toContain('drained, servers answer: true true');
    expect(existsSync(join(dataFolder, 'run.json'))).toBe(false);
  });

  it.each(['postgres', 'nats-server', 'orders'])(
    'stops all that runs when it is asked to stop while it starts %s',
    async (name) => {
      const one = start();
      await untilSays(one, `Starting ${name}`);
      const all = processes();
      one.process.kill('SIGTERM');
      expect(await one.ended).toBe('code 0');
      expect(await Promise.all(all.map(({ pid }) => identifyProcess(pid)))).toEqual(all.map(() => null));
      expect(await findPostgres(join(dataFolder, 'postgres'))).toBeNull();
      expect(await findNatsServer(join(dataFolder, 'nats'))).toBeNull();
      for (const file of ['run.json', 'start.lock']) expect(existsSync(join(dataFolder, file))).toBe(false);
    },
  );

  it('refuses a second start on the same data folder and leaves the first alone', async () => {
    const first = await startAndWait();
    const second = start();
    expect(await second.ended).toBe('code 1');
    expect(second.output()).toContain(`already runs on ${dataFolder} (process ${first.process.pid})`);
    expect(processes()).toHaveLength(6);
    expect(await (await fetch(readyUrl('gateway'))).text()).toBe('ok');
  });

  it('names a port in use and how to choose another', async () => {
    const rival = createServer();
    await new Promise<void>((resolve) => rival.listen(0, '127.0.0.1', resolve));
    const { port } = rival.address() as { port: number };
    const one = start({ GATEWAY_PORT: String(port) });
    expect(await one.ended).toBe('code 1');
    rival.close();
    expect(one.output()).toContain(`Port ${port}, for gateway, is in use`);
    expect(one.output()).toMatch(/GATEWAY_PORT=\d+ npm start/);
  });

  it('says which folder it cannot write to, and how to choose another', async () => {
    const file = join(dataFolder, 'no-folder');
    writeFileSync(file, '');
    const one = start({ HOLDFAST_DATA: file });
    expect(await one.ended).toBe('code 1');
    expect(one.output()).toMatch(
      /The data folder .*no-folder cannot be made or written to .*set HOLDFAST_DATA/,
    );
    expect(one.output()).not.toContain('    at ');
  });

  it('starts a service and a server again when they die, with the data still there', async () => {
    const one = await startAndWait();
    const databaseUrl = readRunFile(dataFolder)?.urls.ordersDatabase ?? '';
    await query(databaseUrl, 'create table kept as select 1 as n');
    for (const name of ['inventory', ...SERVERS]) {
      const before = pidOf(name);
      process.kill(before, 'SIGKILL');
      await waitUntil(() => pidOf(name) !== before && pidOf(name) !== 0, { withinMs: 20_000 });
      expect(pidOf(name)).not.toBe(before);
      expect(pidOf(name)).not.toBe(0);
      expect(one.output()).toMatch(
        new RegExp(`${name} died \\(signal SIGKILL\\); it is started again in 0.1 s`),
      );
      await untilSays(one, `${name} runs again (process ${pidOf(name)})`);
    }
    expect(await query(databaseUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    const answered = await waitUntil(() => fetch(readyUrl('inventory')).catch(() => null), {
      withinMs: 5_000,
    });
    expect(answered?.ok).toBe(true);
  });

  it('stops everything with exit 1 and the last lines of the log when a service dies five times in a minute', async () => {
    const one = start({ DYING_SERVICE: 'inventory' });
    expect(await one.ended).toBe('code 1');
    expect(one.output()).toMatch(/inventory died five times in a minute, the last time with code 7/);
    expect(one.output()).toContain('this is why it died');
    expect(log('inventory').match(/began/g)).toHaveLength(5);
    expect(log('orders')).toContain('drained');
    expect(existsSync(join(dataFolder, 'run.json'))).toBe(false);
  });

  it('stops what a killed start left behind before it starts anew', async () => {
    const first = await startAndWait();
    const left = processes().filter(({ name }) => name !== 'start');
    const databaseUrl = readRunFile(dataFolder)?.urls.ordersDatabase ?? '';
    await query(databaseUrl, 'create table kept as select 1 as n');
    first.process.kill('SIGKILL');
    await first.ended;
    expect((await Promise.all(left.map(({ pid }) => identifyProcess(pid)))).every(Boolean)).toBe(true);
    await startAndWait();
    expect(await Promise.all(left.map(({ pid }) => identifyProcess(pid)))).toEqual(left.map(() => null));
    const ordersDatabase = readRunFile(dataFolder)?.urls.ordersDatabase ?? '';
    expect(await query(ordersDatabase, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('starts after everything was killed at once', async () => {
    const first = await startAndWait();
    await killAll(dataFolder);
    await first.ended;
    await startAndWait();
  });

  it('does not take a process for its own that has the pid of one it once had', async () => {
    const first = await startAndWait();
    const run = readRunFile(dataFolder);
    await killAll(dataFolder);
    await first.ended;
    const stranger = spawn('sleep', ['60']);
    const renamed = run?.processes.map((one) => ({ ...one, pid: stranger.pid ?? 0 }));
    writeFileSync(join(dataFolder, 'run.json'), JSON.stringify({ ...run, processes: renamed }));
    writeFileSync(join(dataFolder, 'nats', 'nats-server.pid'), String(stranger.pid));
    writeFileSync(join(dataFolder, 'start.lock'), JSON.stringify(renamed?.[0]));
    await startAndWait();
    expect(await identifyProcess(stranger.pid ?? 0)).not.toBeNull();
    stranger.kill('SIGKILL');
  });

  it('starts no server of its own where it is given one', async () => {
    const servers = await startTestServers();
    try {
      await startAndWait({
        NATS_URL: servers.nats.url,
        ORDERS_DATABASE_URL: await servers.postgres.createDatabase(),
        INVENTORY_DATABASE_URL: await servers.postgres.createDatabase(),
      });
      expect(processes().map(({ name }) => name)).toEqual(['start', ...SERVICES]);
    } finally {
      await servers.stop();
    }
  });

  const readyUrl = (service: string) => `http://127.0.0.1:${readRunFile(dataFolder)?.ports[service]}/readyz`;
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
