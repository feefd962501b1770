import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebClient } from '../cli/src/start/web-build.ts';
import {
  ChromiumNotFoundError,
  ChromiumPathError,
  findChromium,
  findKustomize,
  resolveNatsServer,
} from '../servers/src/door.ts';

/**
 * `npm test`: every check, every test, then four short proofs under faults; deaf to the caller's settings, in a data folder of
 * its own. Where no Chromium can be had, tests in a browser are skipped; with CI set that is a failure.
 */
const say = (line: string): void => console.log(line);
const MOST_UNSTEADY_FILES = 5;
const nothingRun = { passed: 0, failed: 1, skipped: 0, unsteady: [] } as const;

// What tests need is brought once and in sight, rather than by every test worker at the same time.
say(`nats-server: ${(await resolveNatsServer()).file}`);
const kustomize = await findKustomize({ onProgress: say });
say(`${kustomize.name}: ${kustomize.file} ${kustomize.version} (${kustomize.origin})`);
const chromium = await chromiumIfAny();
say(`Chromium: ${chromium ?? 'none, so tests in a browser are skipped'}`);
const isWebBuilt = await buildWeb();

const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));

const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^HOLDFAST_|_PORT$|_URL$|_MINUTES$|_SECONDS$|^LOG_LEVEL$|^CATALOGUE_CURRENCY$|^OUTBOX_MAX_ROWS$|^FAULT_POINT$|^GATEWAY_WEB_ROOT$/.test(
          name,
        ),
    ),
  ),
  HOLDFAST_DATA: join(folder, 'data'),
  ...(chromium === null ? {} : { CHROMIUM_PATH: chromium }),
  // Jest runs ES modules only with this flag; the types of the sources are stripped by Node itself.
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
};
const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const isChecked = run('npm', ['run', '--silent', 'check']);
const patterns = process.argv.slice(2);
const tests = isWebBuilt ? runTests(patterns) : nothingRun;
// Alone, when the tests are done: what a proof says about a system that nothing else slows down says more.
const proofs = patterns.length > 0 ? [] : [1, 2, 3, randomInt(1_000_000)].map(prove);
const passed = tests.passed + Number(isChecked) + proofs.filter(Boolean).length;
if (proofs.includes(false)) say(`Histories and logs of the proofs are in ${folder}`);
else rmSync(folder, { recursive: true, force: true });

const lacksBrowser = chromium === null && Boolean(process.env['CI']);
if (lacksBrowser) console.error('CI is set, and there is no Chromium for the tests in a browser.');
const failures =
  tests.failed + proofs.filter((holds) => !holds).length + Number(!isChecked) + Number(lacksBrowser);
const { skipped } = tests;
for (const file of tests.unsteady) say(`failed beside other tests, and passed alone: ${file}`);
say(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = tests.passed > 0 && failures === 0 ? 0 : 1;

/** A short proof of one seed, which also says whether it has one nats-server or three. */
function prove(seed: number): boolean {
  const place = join(folder, `prove-${seed}`);
  return run('node', ['prove/src/prove.ts', '--seed', String(seed), '--minutes', '0.3', '--folder', place]);
}

async function chromiumIfAny(): Promise<string | null> {
  try {
    return await findChromium({ onProgress: say });
  } catch (error) {
    if (error instanceof ChromiumPathError) {
      console.error(error.message);
      process.exit(1);
    }
    if (!(error instanceof ChromiumNotFoundError)) throw error;
    say(error.message);
    return null;
  }
}

async function buildWeb(): Promise<boolean> {
  try {
    await buildWebClient({ say });
    return true;
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

/** Runs tests by Jest; the few files that fail run once more, alone: on a busy machine some wait too short a time. Each is named. */
function runTests(args: readonly string[]): Tests {
  const first = jest('first.json', args);
  if (first.failed === 0 || first.failedFiles.length === 0 || first.failedFiles.length > MOST_UNSTEADY_FILES)
    return { ...first, unsteady: [] };
  const files = first.failedFiles.map(({ name }) => name);
  say(`Once more, alone: ${files.join(', ')}`);
  const second = jest('second.json', ['--runInBand', '--runTestsByPath', ...files]);
  const failedAgain = new Set(second.failedFiles.map(({ name }) => name));
  const passedBefore = first.failedFiles.reduce((sum, { passed }) => sum + passed, 0);
  return {
    passed: first.passed - passedBefore + second.passed,
    failed: second.failed,
    skipped: first.skipped,
    unsteady: files.filter((file) => !failedAgain.has(file)),
  };
}

/** A suite that could not even start counts as one failure, and so do tests that were not run. */
function jest(resultName: string, args: readonly string[]): JestRun {
  const resultFile = join(folder, resultName);
  const isPassed = run('jest', ['--json', `--outputFile=${resultFile}`, ...args]);
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8')) as JestResult;
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: failed === 0 && !isPassed ? 1 : failed,
      skipped: result.numPendingTests,
      failedFiles: result.testResults
        .filter(({ status }) => status === 'failed')
        .map(({ name, assertionResults }) => ({
          name,
          passed: assertionResults.filter(({ status }) => status === 'passed').length,
        })),
    };
  } catch {
    return { ...nothingRun, failedFiles: [] };
  }
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
type Tests = Counts & { readonly unsteady: readonly string[] };
type JestRun = Counts & {
  readonly failedFiles: readonly { readonly name: string; readonly passed: number }[];
};

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}
