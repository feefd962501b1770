import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { endOf, identifyProcess } from './process-identity.ts';
import type { ProcessIdentity, RunningServer } from './process-identity.ts';
import { stopProcess } from './stop-process.ts';
import { waitUntil } from './wait-until.ts';

/** A server that did not become ready; the message ends with the last lines of its log. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
}

/** Where a nats-server keeps what it has: `store/` with its streams, its configuration, its log and its pid file. */
export type NatsFolder = string;

/** What a nats-server is told beside where it listens and keeps its data, such as who may connect. */
export interface MoreConfiguration {
  /** In the server's own language. */
  readonly text: string;
  /** Values of the variables in it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Unique in a cluster. */
  readonly serverName?: string;
}

/**
 * Starts nats-server with JetStream on 127.0.0.1, in a session of its own: a Ctrl-C in the terminal does not reach it, and it
 * outlives this process. Resolves when it answers; rejects with ServerStartError.
 */
export async function startNatsServer(options: {
  readonly binary: string;
  readonly folder: NatsFolder;
  readonly port: number;
  readonly more?: MoreConfiguration | undefined;
}): Promise<RunningServer> {
  const { binary, folder, port, more } = options;
  await mkdir(folder, { recursive: true });
  await rm(pidFile(folder), { force: true });
  const config = configFile(folder);
  await writeFile(config, configuration(folder, port, more));
  const output = openSync(join(folder, 'output.log'), 'w');
  const child = spawn(binary, ['-c', config], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...more?.env },
  });
  closeSync(output);
  const ended = endOf(child);
  let failure: string | null = null;
  void ended.then((how) => (failure = how));
  child.unref();
  const isReady = await waitUntil(async () => failure !== null || (await greets(port)), {
    withinMs: 60_000,
  });
  const identity = failure === null && isReady ? await identifyProcess(child.pid ?? 0) : null;
  if (identity !== null) return { ...identity, ended };
  child.kill('SIGKILL');
  throw new ServerStartError(`nats-server did not start.\n${await lastWords(folder)}`, { cause: failure });
}

/** The nats-server that runs on this folder, also one that another process started; null when there is none. */
export async function findNatsServer(folder: NatsFolder): Promise<ProcessIdentity | null> {
  const pid = Number(await readFile(pidFile(folder), 'utf8').catch(() => ''));
  const found = await identifyProcess(pid);
  return found?.commandLine.includes(configFile(folder)) ? found : null;
}

/** Stops it so that all it has is on disk; after 20 s, by force. */
export function stopNatsServer(target: ProcessIdentity): Promise<void> {
  return stopProcess(target, [
    { signal: 'SIGTERM', withinMs: 20_000 },
    { signal: 'SIGKILL', withinMs: 5_000 },
  ]);
}

const configFile = (folder: NatsFolder) => join(folder, 'nats-server.conf');
const pidFile = (folder: NatsFolder) => join(folder, 'nats-server.pid');
const logFile = (folder: NatsFolder) => join(folder, 'nats-server.log');

/** JSON is valid in nats-server's configuration, and quotes every path rightly. */
function configuration(folder: NatsFolder, port: number, more?: MoreConfiguration): string {
  const settings = {
    host: '127.0.0.1',
    port,
    server_name: more?.serverName ?? 'holdfast',
    max_payload: 1024 * 1024,
    pid_file: pidFile(folder),
    log_file: logFile(folder),
    logfile_size_limit: 10 * 1024 * 1024,
    logfile_max_num: 3,
    jetstream: { store_dir: join(folder, 'store') },
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${[...lines, more?.text ?? ''].join('\n')}\n`;
}

/** A nats-server greets every connection with a line that begins with INFO. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('data', (greeting) => done(greeting.toString('latin1').startsWith('INFO')));
  });
}

async function lastWords(folder: NatsFolder): Promise<string> {
  const texts = await Promise.all(
    [logFile(folder), join(folder, 'output.log')].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  return texts.join('\n').trim().split('\n').slice(-10).join('\n');
}
