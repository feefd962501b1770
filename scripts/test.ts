import { spawnSync } from 'node:child_process';
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
 * `npm test`: every check, then every test; deaf to the caller's settings, in a data folder of its own. Where no Chromium can be
 * had, tests in a browser are skipped; with CI set that is a failure.
 */
const say = (line: string): void => console.log(line);

// What tests need is brought once and in sight, rather than by every test worker at the same time.
say(`nats-server: ${(await resolveNatsServer()).file}`);
const kustomize = await findKustomize({ onProgress: say });
say(`${kustomize.name}: ${kustomize.file} ${kustomize.version} (${kustomize.origin})`);
const chromium = await chromiumIfAny();
say(`Chromium: ${chromium ?? 'none, so tests in a browser are skipped'}`);
const isWebBuilt = await buildWeb();

const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
const resultFile = join(folder, 'jest.json');

const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^HOLDFAST_|_PORT$|_URL$|^LOG_LEVEL$|^CATALOGUE_CURRENCY$|^RESERVATION_HOLD_MINUTES$|^GATEWAY_WEB_ROOT$/.test(
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
const isTested =
  isWebBuilt && run('jest', ['--json', `--outputFile=${resultFile}`, ...process.argv.slice(2)]);
const { passed, failed, skipped } = countTests();
rmSync(folder, { recursive: true, force: true });

const lacksBrowser = chromium === null && Boolean(process.env['CI']);
if (lacksBrowser) console.error('CI is set, and there is no Chromium for the tests in a browser.');
const failures = failed + Number(!isChecked) + Number(lacksBrowser);
say(`${passed + Number(isChecked)} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = isTested && passed > 0 && failures === 0 ? 0 : 1;

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

/** A suite that could not even start counts as one failure, and so do tests that were not run. */
function countTests(): { passed: number; failed: number; skipped: number } {
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8')) as Record<
      'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites' | 'numPendingTests',
      number
    >;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
