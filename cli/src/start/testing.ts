import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, identifyProcess, waitUntil } from '@holdfast/servers';
import { readRunFile } from './run-file.ts';

/** A start under test: its process, how it ended, and what it has said so far. */
export type StartedProgram = {
  readonly process: ChildProcess;
  readonly ended: Promise<string>;
  readonly output: () => string;
};

export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-start-'));
  chmodSync(folder, 0o711); // The user postgres has to enter it when tests run as root.
  return folder;
}

/** Runs a program that starts a system on `dataFolder` and on free ports, deaf to the settings of who runs the test. */
export function startProgram(file: string, dataFolder: string, env: NodeJS.ProcessEnv = {}): StartedProgram {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^HOLDFAST_|_PORT$|_URL$|^NODE_OPTIONS$/.test(name),
  );
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: {
      ...Object.fromEntries(kept),
      HOLDFAST_DATA: dataFolder,
      GATEWAY_PORT: '0',
      ORDERS_PORT: '0',
      INVENTORY_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
  return { process: child, ended: endOf(child), output: () => text };
}

/** Resolves when the program has said `text`; rejects, with all that it said, when it ends before or takes longer than a minute. */
export async function untilSays({ ended, output }: StartedProgram, text: string): Promise<void> {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  await waitUntil(() => hasEnded || output().includes(text), { withinMs: 60_000, everyMs: 5 });
  if (!output().includes(text)) throw new Error(`It did not say "${text}" but:\n${output()}`);
}

/** SIGKILL to every process that run.json names. */
export async function killAll(dataFolder: string): Promise<void> {
  const all = readRunFile(dataFolder)?.processes ?? [];
  for (const { pid, startedAt } of all) {
    if ((await identifyProcess(pid))?.startedAt === startedAt) process.kill(pid, 'SIGKILL');
  }
}

/** Stops what was started, whatever state it is in, and removes its data. */
export async function cleanUp(started: readonly StartedProgram[], dataFolder: string): Promise<void> {
  for (const { process: child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  await killAll(dataFolder);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
