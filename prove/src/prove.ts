import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { historyFile } from './check/history.ts';
import { OptionsError, readOptions, type ProveOptions } from './options.ts';
import { judge, runPart, type PartResult } from './run.ts';
import type { NatsKind } from './world/nats-cluster.ts';

/** Below this many minutes a run has one part only, which its seed chooses: half of them would show little. */
const MINUTES_FOR_BOTH = 3;
const parts: readonly NatsKind[] = ['single', 'cluster'];

const startedAt = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
const show = (line: string): void => console.log(line);

const exitCode = await prove().catch((error: unknown) => {
  if (error instanceof OptionsError) console.error(error.message);
  else console.error(error);
  return error instanceof OptionsError ? 2 : 1;
});
// Node 24 that ends by itself can wait for good, at full speed, for a request on a connection that was cut.
process.stdout.write('', () => process.exit(exitCode));

async function prove(): Promise<number> {
  const options = readOptions(process.argv.slice(2), () => randomInt(1_000_000));
  const results = options.replay === null ? await run(options) : await replay(resolve(options.replay));
  const totals = { lost: 0, oversold: 0, doubled: 0, stuck: 0 };
  for (const { checked } of results) {
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += checked.totals[name];
  }
  if (results.length > 1) {
    const sums = Object.entries(totals).map(([name, count]) => `${name} ${count}`);
    show(`all together: ${sums.join(' · ')}`);
  }
  return Math.max(...results.map(({ exitCode }) => exitCode));
}

async function run({ seed, minutes, folder, faults }: ProveOptions): Promise<readonly PartResult[]> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '');
  const runFolder = resolve(folder ?? join('.holdfast', 'prove', `${stamp}-seed-${seed}`));
  if (existsSync(runFolder)) throw new OptionsError(`--folder is ${runFolder}, which is there already`);
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(join(runFolder, 'run.json'), `${JSON.stringify({ seed, minutes, faults })}\n`);
  say(`Seed ${seed}, ${minutes} minutes; history, logs and results in ${runFolder}`);

  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const chosen = minutes < MINUTES_FOR_BOTH ? [parts[seed % parts.length]!] : parts;
  const results: PartResult[] = [];
  for (const nats of chosen) {
    ending.signal.throwIfAborted();
    results.push(
      await runPart({
        seed,
        nats,
        forMs: (minutes * 60_000) / chosen.length,
        folder: join(runFolder, nats),
        faults,
        log: say,
        signal: ending.signal,
      }),
    );
  }
  show(`To check it again: npm run prove -- --replay ${runFolder}`);
  return results;
}

async function replay(folder: string): Promise<readonly PartResult[]> {
  const folders = [folder, ...parts.map((part) => join(folder, part))].filter((candidate) =>
    existsSync(join(candidate, historyFile)),
  );
  if (folders.length === 0) throw new OptionsError(`--replay is ${folder}, where no history is`);
  const results: PartResult[] = [];
  for (const part of folders) results.push(await judge(part, show));
  return results;
}
