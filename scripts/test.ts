import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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
const MOST_OF_A_REASON = 600;
const notRun: JestRun = {
  passed: 0,
  failed: 1,
  skipped: 0,
  failures: [{ file: null, test: 'the tests', why: 'they were not run' }],
  passedByFile: new Map(),
};

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
const proofOf = (seed: number): string => join(folder, `prove-${seed}`);
const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

const isChecked = run('npm', ['run', '--silent', 'check']);
const patterns = process.argv.slice(2);
const tests = isWebBuilt ? runTests(patterns) : { ...notRun, unsteady: [] };
// Alone, when the tests are done: what a proof says about a system that nothing else slows down says more.
const seeds = patterns.length > 0 ? [] : [1, 2, 3, randomInt(1_000_000)];
const failedProofs = seeds.filter((seed) => !prove(seed));
const passed = tests.passed + Number(isChecked) + seeds.length - failedProofs.length;
if (failedProofs.length > 0) say(`Histories and logs of the proofs are in ${folder}`);
else rmSync(folder, { recursive: true, force: true });

const lacksBrowser = chromium === null && Boolean(process.env['CI']);
if (lacksBrowser) console.error('CI is set, and there is no Chromium for the tests in a browser.');
const failures = tests.failed + failedProofs.length + Number(!isChecked) + Number(lacksBrowser);
const { skipped } = tests;
// Named again at the end, where one looks first, and where a log that was cut still has them.
for (const { test, why } of tests.unsteady)
  say(`failed beside other tests, and passed alone: ${test}: ${why}`);
for (const { test, why } of tests.failures) say(`failed: ${test}: ${why}`);
for (const seed of failedProofs) say(`failed: the proof of seed ${seed}: ${whyProofFailed(seed)}`);
if (!isChecked) say('failed: npm run check');
say(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = tests.passed > 0 && failures === 0 ? 0 : 1;

/** A short proof of one seed, which also says whether it has one nats-server or three. */
function prove(seed: number): boolean {
  return run('node', [
    'prove/src/prove.ts',
    '--seed',
    `${seed}`,
    '--minutes',
    '0.3',
    '--folder',
    proofOf(seed),
  ]);
}

function whyProofFailed(seed: number): string {
  const report = ['single', 'cluster']
    .map((part) => join(proofOf(seed), part, 'report.json'))
    .find((file) => existsSync(file));
  if (report === undefined) return 'it did not come as far as its check';
  const { rules, troubles } = JSON.parse(readFileSync(report, 'utf8')) as ProofReport;
  const found = rules.flatMap(({ rule, violations }) =>
    violations.slice(0, 1).map(({ detail }) => `${rule}: ${detail}`),
  );
  return beginning([...found, ...troubles].join('; '));
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

/** Runs tests by Jest; the few files that fail run once more, alone: on a busy machine some wait too short a time. */
function runTests(args: readonly string[]): Tests {
  const first = jest('first.json', args);
  const files = [...new Set(first.failures.flatMap(({ file }) => file ?? []))];
  if (files.length === 0 || files.length > MOST_UNSTEADY_FILES) return { ...first, unsteady: [] };
  say(`Once more, alone: ${files.join(', ')}`);
  const second = jest('second.json', ['--runInBand', '--runTestsByPath', ...files]);
  const failedAgain = new Set(second.failures.map(({ file }) => file));
  const passedBefore = files.reduce((sum, file) => sum + (first.passedByFile.get(file) ?? 0), 0);
  return {
    ...second,
    passed: first.passed - passedBefore + second.passed,
    skipped: first.skipped,
    unsteady: first.failures.filter(({ file }) => !failedAgain.has(file)),
  };
}

/** A suite that could not even start counts as one failure, and so do tests that were not run. */
function jest(resultName: string, args: readonly string[]): JestRun {
  const resultFile = join(folder, resultName);
  const isPassed = run('jest', ['--json', `--outputFile=${resultFile}`, ...args]);
  if (!existsSync(resultFile)) return notRun;
  const result = JSON.parse(readFileSync(resultFile, 'utf8')) as JestResult;
  const counted = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: counted === 0 && !isPassed ? 1 : counted,
    skipped: result.numPendingTests,
    failures: result.testResults.filter(({ status }) => status === 'failed').flatMap(failuresOf),
    passedByFile: new Map(
      result.testResults.map(({ name, assertionResults }) => [
        name,
        assertionResults.filter(({ status }) => status === 'passed').length,
      ]),
    ),
  };
}

function failuresOf({ name: file, message, assertionResults }: JestFile): Failure[] {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [{ file, test: file, why: beginning(message) }];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    test: `${file}: ${fullName}`,
    why: beginning(failureMessages.join(' ')),
  }));
}

/** In one line, without colours. */
function beginning(text: string): string {
  const line = stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim();
  return line.length > MOST_OF_A_REASON ? `${line.slice(0, MOST_OF_A_REASON)} …` : line;
}

interface Failure {
  /** Null when nothing ran. */
  readonly file: string | null;
  readonly test: string;
  readonly why: string;
}

interface JestRun {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** How many tests of a file passed. */
  readonly passedByFile: ReadonlyMap<string, number>;
}

interface Tests extends JestRun {
  /** What failed beside other tests, and passed alone. */
  readonly unsteady: readonly Failure[];
}

interface JestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages: readonly string[];
  }[];
}

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly testResults: readonly JestFile[];
}

interface ProofReport {
  readonly rules: readonly {
    readonly rule: string;
    readonly violations: readonly { readonly detail: string }[];
  }[];
  readonly troubles: readonly string[];
}
