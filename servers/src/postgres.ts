import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { ServerStartError } from './nats-server.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { giveFolder, postgresUser } from './postgres-user.ts';
import type { RunAs } from './postgres-user.ts';
import { endOf, identifyProcess } from './process-identity.ts';
import type { ProcessIdentity, RunningServer } from './process-identity.ts';
import { runCommand } from './run-command.ts';
import { stopProcess } from './stop-process.ts';
import { waitUntil } from './wait-until.ts';

/** The role that owns everything in an embedded PostgreSQL. */
const OWNER = 'holdfast';

/** Fit for a small machine; durable: fsync and synchronous_commit stay on, as they are by default. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '192MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  max_wal_senders: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  lc_messages: 'C',
};

/**
 * Makes an empty cluster in `folder`/data if there is none yet: whole or not at all, so that a kill in the middle is harmless.
 * `isSynced: false` (throw-away clusters) does not wait until it is on disk.
 */
export async function createPostgres(
  folder: string,
  { password, isSynced = true }: { readonly password: string; readonly isSynced?: boolean },
): Promise<void> {
  const dataFolder = join(folder, 'data');
  if (existsSync(dataFolder)) return;
  const { initdb, runAs } = await ready(folder);
  const unfinished = join(folder, 'data.unfinished');
  const passwordFile = join(folder, 'password.once');
  await rm(unfinished, { recursive: true, force: true });
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o644 });
    await runCommand(
      initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${OWNER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(isSynced ? [] : ['--no-sync']),
      ],
      { ...runAs, cwd: folder },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, dataFolder);
}

export interface StartPostgresOptions {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  /** Another address of this machine than 127.0.0.1. */
  readonly host?: string;
  /** Run-time settings of PostgreSQL beside and before its own. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL on the cluster in `folder`/data and `host`, in a session of its own: a Ctrl-C in the terminal does not
 * reach it, and it outlives this process. Resolves when it answers, after crash recovery if it must. Backends of a killed server
 * outlive it for a moment, so a start that fails is tried again for 10 s. Rejects with ServerStartError.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningServer> {
  const { postgres, runAs } = await ready(options.folder);
  const server = await waitUntil(() => attempt(postgres, runAs, options), {
    withinMs: 10_000,
    everyMs: 250,
  });
  if (server !== null) return server;
  const log = await readFile(logFile(options.folder), 'utf8').catch(() => '');
  throw new ServerStartError(`PostgreSQL did not start.\n${log.trim().split('\n').slice(-10).join('\n')}`);
}

/** The PostgreSQL that runs on this folder, also one that another process started; null when there is none. */
export async function findPostgres(folder: string): Promise<ProcessIdentity | null> {
  const dataFolder = join(folder, 'data');
  const lines = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const found = await identifyProcess(Number(lines.split('\n')[0]));
  return found?.commandLine.includes(dataFolder) ? found : null;
}

/** A fast shutdown: open transactions roll back, all that was committed is on disk. By force after 30 s. */
export function stopPostgres(target: ProcessIdentity): Promise<void> {
  return stopProcess(target, [
    { signal: 'SIGINT', withinMs: 30_000 },
    { signal: 'SIGQUIT', withinMs: 10_000 },
    { signal: 'SIGKILL', withinMs: 5_000 },
  ]);
}

/** The connection string of a database in an embedded PostgreSQL. */
export function postgresUrl(options: {
  readonly port: number;
  readonly password: string;
  readonly database: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
}): string {
  const { host = '127.0.0.1', port, password, database } = options;
  return `postgresql://${OWNER}:${password}@${host}:${port}/${database}`;
}

/** Creates a database unless it is there. */
export async function ensureDatabase(serverUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error; // duplicate_database
  } finally {
    await client.end();
  }
}

const logFile = (folder: string) => join(folder, 'postgres.log');

async function ready(folder: string): Promise<{ postgres: string; initdb: string; runAs: RunAs }> {
  const binaries = await postgresBinaries();
  await mkdir(folder, { recursive: true });
  const runAs = await postgresUser([dirname(binaries.postgres), dirname(folder)]);
  await giveFolder(folder, runAs);
  return { ...binaries, runAs };
}

async function attempt(
  postgres: string,
  runAs: RunAs,
  options: StartPostgresOptions,
): Promise<RunningServer | null> {
  const settings = {
    ...SETTINGS,
    port: String(options.port),
    ...(options.host === undefined ? {} : { listen_addresses: options.host }),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile(options.folder), 'a');
  const child = spawn(postgres, ['-D', join(options.folder, 'data'), ...flags], {
    ...runAs,
    cwd: options.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = endOf(child);
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  child.unref();
  const url = postgresUrl({ ...options, database: 'postgres' });
  const answered = await waitUntil(async () => hasEnded || (await answers(url)), { withinMs: 120_000 });
  const identity = !hasEnded && answered ? await identifyProcess(child.pid ?? 0) : null;
  if (identity !== null) return { ...identity, ended };
  child.kill('SIGKILL');
  return null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // Reported by connect, or of no interest any more.
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
