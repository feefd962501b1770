import { waitUntil } from '@holdfast/servers';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { explainStatements } from './explain/run-explain.ts';
import { dataFolderOf, readRunFile, type RunFile } from './start/run-file.ts';

/** Long enough for an order to be decided, short enough to see one that is not. */
const decisionSeconds = '5';
const startWithinMs = 120_000;

/** Exit codes: 0 every statement is known and reads no large table whole; 1 one is not or does; 2 could not run. */
async function main(): Promise<number> {
  const data = join(dataFolderOf(process.env), 'explain');
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`starting a system of its own in ${data}`);
  const said: string[] = [];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'start.ts')],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        HOLDFAST_DATA: data,
        ORDER_DECISION_SECONDS: decisionSeconds,
        ORDERS_PORT: '0',
        INVENTORY_PORT: '0',
        GATEWAY_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'exit');
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  try {
    const run = await waitUntil(() => (child.exitCode === null ? readyRun(data, said) : 'ended'), {
      withinMs: startWithinMs,
    });
    if (run === null || run === 'ended')
      throw new Error(`the system did not start:\n${said.join('').slice(-2_000)}`);
    return (await explainStatements(run, join(data, 'postgres', 'postgres.log'), print)) === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`explain: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** What `start` wrote, once it has said that all runs. */
const readyRun = (data: string, said: readonly string[]): RunFile | null =>
  said.join('').includes('Holdfast runs') ? readRunFile(data) : null;

process.exitCode = await main();
