import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeLoopbackPort } from './free-port.ts';
import { resolveNatsServer } from './nats-binary.ts';
import { startNatsServer, stopNatsServer, type MoreConfiguration } from './nats-server.ts';
import { createPostgres, ensureDatabase, postgresUrl, startPostgres, stopPostgres } from './postgres.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { stopProcess } from './stop-process.ts';

/** One server of a test. It keeps its port and its data over stops and starts; `pid` is that of the running process. */
export interface TestServer {
  /** Throws while it is stopped. */
  readonly pid: number;
  start(): Promise<void>;
  /** An orderly stop. Of a stopped one it does nothing. */
  stop(): Promise<void>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** A PostgreSQL and a nats-server with JetStream of a test's own. */
export interface TestServers {
  readonly postgres: TestServer & {
    url(database: string): string;
    /** A new, empty database, with a name of its own when none is given; gives its URL. */
    createDatabase(name?: string): Promise<string>;
  };
  readonly nats: TestServer & {
    readonly url: string;
    /** Holds the streams; to be copied or put back only while the server is stopped. */
    readonly storeFolder: string;
  };
  /** Stops both and removes all they had. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL (embedded, durable) and a nats-server on free loopback ports, with data in a fresh temporary folder.
 * Deaf to NATS_URL and the like. Should the test's process die without `stop`, they are killed and their data removed.
 */
export async function startTestServers(
  options: {
    readonly parts?: readonly ('postgres' | 'nats')[];
    /** Such as users and their rights. */
    readonly nats?: MoreConfiguration;
  } = {},
): Promise<TestServers> {
  const parts = options.parts ?? ['postgres', 'nats'];
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  await chmod(folder, 0o711); // The user postgres has to enter it when tests run as root.
  const guard = guardFolder(folder);
  const postgres = await aPostgres(join(folder, 'postgres'));
  const nats = await aNatsServer(join(folder, 'nats'), options.nats);
  const stop = async () => {
    await Promise.all([postgres.stop(), nats.stop()]);
    guard.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([
      parts.includes('postgres') ? postgres.start() : undefined,
      parts.includes('nats') ? nats.start() : undefined,
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { postgres, nats, stop };
}

async function aPostgres(folder: string): Promise<TestServers['postgres']> {
  const password = randomBytes(12).toString('hex');
  const port = await freeLoopbackPort();
  const url = (database: string) => postgresUrl({ port, password, database });
  const server = aServer(async () => {
    await createPostgres(folder, { password, isSynced: false });
    return startPostgres({ folder, port, password });
  }, stopPostgres);
  return Object.assign(server, {
    url,
    createDatabase: async (name = `test_${randomBytes(6).toString('hex')}`) => {
      await ensureDatabase(url('postgres'), name);
      return url(name);
    },
  });
}

async function aNatsServer(folder: string, more?: MoreConfiguration): Promise<TestServers['nats']> {
  const port = await freeLoopbackPort();
  const server = aServer(async () => {
    const { file } = await resolveNatsServer();
    return startNatsServer({ binary: file, folder, port, more });
  }, stopNatsServer);
  return Object.assign(server, { url: `nats://127.0.0.1:${port}`, storeFolder: join(folder, 'store') });
}

function aServer(
  launch: () => Promise<ProcessIdentity>,
  end: (target: ProcessIdentity) => Promise<void>,
): TestServer {
  let running: ProcessIdentity | null = null;
  const start = async () => {
    running ??= await launch();
  };
  const stop = async () => {
    if (running !== null) await end(running);
    running = null;
  };
  const server: TestServer = {
    pid: 0,
    start,
    stop,
    kill: async () => {
      if (running !== null) await stopProcess(running, [{ signal: 'SIGKILL', withinMs: 5_000 }]);
      running = null;
    },
    restart: async () => {
      await stop();
      await start();
    },
  };
  return Object.defineProperty(server, 'pid', {
    get: () => {
      if (running === null) throw new Error('This test server is stopped');
      return running.pid;
    },
  });
}

/**
 * A shell that waits on a pipe from this process. The pipe closes when this process ends, however it does; then the shell kills
 * the servers whose pid files are in the folder, and removes it.
 */
function guardFolder(folder: string) {
  const script = `read nothing
    for file in "$1"/postgres/data/postmaster.pid "$1"/nats/nats-server.pid; do
      [ -f "$file" ] && kill -9 "$(head -n 1 "$file")"
    done
    rm -rf "$1"; sleep 1; rm -rf "$1"`;
  const guard = spawn('/bin/sh', ['-c', script, 'guard', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
