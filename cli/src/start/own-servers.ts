import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createPostgres,
  ensureDatabase,
  freeLoopbackPort,
  postgresUrl,
  resolveNatsServer,
  startNatsServer,
  startPostgres,
  stopNatsServer,
  stopPostgres,
} from '@holdfast/servers';
import type { RunningServer } from '@holdfast/servers';
import { rotateLog } from './log-tail.ts';
import type { StartSettings } from './settings.ts';
import type { Part, RunningPart } from './supervisor.ts';

export const natsFolder = (dataFolder: string): string => join(dataFolder, 'nats');
export const postgresFolder = (dataFolder: string): string => join(dataFolder, 'postgres');

/** Where the servers are, given or our own; `parts` are our own, to be started in this order. */
export type Servers = {
  readonly parts: readonly Part[];
  readonly urls: Readonly<Record<'nats' | 'ordersDatabase' | 'inventoryDatabase', string>>;
  readonly ports: Readonly<Record<string, number>>;
};

/** Prepares, without starting them, the servers that the settings do not give; fetches what this machine does not have. */
export async function prepareServers(settings: StartSettings, say: (line: string) => void): Promise<Servers> {
  const { dataFolder, databaseUrls, natsUrl } = settings;
  const postgres = databaseUrls === null ? await preparePostgres(dataFolder, say) : null;
  const nats = natsUrl === null ? await prepareNats(dataFolder, say) : null;
  return {
    parts: [postgres, nats].filter((own) => own !== null).map(({ part }) => part),
    urls: {
      nats: natsUrl ?? `nats://127.0.0.1:${nats?.port}`,
      ordersDatabase: databaseUrls?.orders ?? postgres?.url('orders') ?? '',
      inventoryDatabase: databaseUrls?.inventory ?? postgres?.url('inventory') ?? '',
    },
    ports: {
      ...(postgres === null ? {} : { postgres: postgres.port }),
      ...(nats === null ? {} : { 'nats-server': nats.port }),
    },
  };
}

async function prepareNats(
  dataFolder: string,
  say: (line: string) => void,
): Promise<{ readonly part: Part; readonly port: number }> {
  const env = { ...process.env, HOLDFAST_DATA: dataFolder };
  const { file, version, origin } = await resolveNatsServer({ env, onProgress: say });
  say(`nats-server ${version}, from ${origin}: ${file}`);
  const folder = natsFolder(dataFolder);
  const port = await freeLoopbackPort();
  const launch = async () =>
    runningPart(await startNatsServer({ binary: file, folder, port }), stopNatsServer);
  return { part: { name: 'nats-server', logFile: join(folder, 'nats-server.log'), launch }, port };
}

/** The password is made once and stays in the data folder. */
async function preparePostgres(
  dataFolder: string,
  say: (line: string) => void,
): Promise<{ readonly part: Part; readonly port: number; url(database: string): string }> {
  const folder = postgresFolder(dataFolder);
  const password = keptPassword(dataFolder);
  if (!existsSync(join(folder, 'data'))) say('Making a PostgreSQL cluster (once) …');
  await createPostgres(folder, { password });
  const port = await freeLoopbackPort();
  const url = (database: string) => postgresUrl({ port, password, database });
  const logFile = join(folder, 'postgres.log');
  const launch = async () => {
    rotateLog(logFile);
    const server = await startPostgres({ folder, port, password });
    for (const database of ['orders', 'inventory']) await ensureDatabase(url('postgres'), database);
    return runningPart(server, stopPostgres);
  };
  return { part: { name: 'postgres', logFile, launch }, port, url };
}

function runningPart(server: RunningServer, end: (target: RunningServer) => Promise<void>): RunningPart {
  return { identity: server, ended: server.ended, stop: () => end(server) };
}

function keptPassword(dataFolder: string): string {
  const file = join(dataFolder, 'postgres-password');
  mkdirSync(dataFolder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
