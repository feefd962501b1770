import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OptionsError } from './options.ts';
import { findEarlierRelease, type EarlierRelease } from './upgrade/earlier-release.ts';
import { layOutRelease } from './upgrade/lay-out-release.ts';
import { readUpgradeOptions, type UpgradeOptions } from './upgrade/upgrade-options.ts';
import { runUpgrade } from './upgrade/run-upgrade.ts';
import { repository } from './world/service-replica.ts';

/**
 * `npm run prove:upgrade`: the release before these sources and these side by side, one process after the other replaced under
 * load. Exit 0 when no request failed and nothing was lost, oversold, doubled or stuck, and where there is no earlier release;
 * 1 when something was; 2 when the arguments cannot be followed.
 */
const startedAt = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s  ${line}`);

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());

const exitCode = await proveUpgrade().catch((error: unknown) => {
  console.error(error instanceof OptionsError ? error.message : error);
  return error instanceof OptionsError ? 2 : 1;
});
// As after a proof under faults: a request on a connection that was cut can keep Node from ending by itself.
process.stdout.write('', () => process.exit(exitCode));

async function proveUpgrade(): Promise<number> {
  const options = readUpgradeOptions(process.argv.slice(2), () => randomInt(1_000_000));
  const { seed, folder } = options;
  const release = await findEarlierRelease(repository, options.from);
  switch (release.kind) {
    case 'skipped':
      console.log(`skipped: ${release.why}`);
      return 0;
    case 'missing':
      throw new OptionsError(release.why);
    case 'found': {
      const stamp = new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '');
      const runFolder = resolve(folder ?? join('.holdfast', 'prove', `${stamp}-upgrade-seed-${seed}`));
      if (existsSync(runFolder)) throw new OptionsError(`--folder is ${runFolder}, which is there already`);
      return prove(release, options, runFolder);
    }
  }
}

async function prove(
  { name, commit }: Extract<EarlierRelease, { kind: 'found' }>,
  { seed, isEarlierForgiven }: UpgradeOptions,
  folder: string,
): Promise<number> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), `${JSON.stringify({ seed, from: commit })}\n`);
  say(`From ${name} with seed ${seed}; history, logs and results in ${folder}`);
  const root = mkdtempSync(join(tmpdir(), 'holdfast-release-'));
  try {
    const packages = await layOutRelease(repository, commit, root);
    say(`Its packages are ${packages === 'linked' ? 'those that are here' : 'installed beside it'}`);
    return await runUpgrade({
      root,
      newRoot: repository,
      isEarlierForgiven,
      seed,
      folder,
      log: say,
      signal: ending.signal,
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
