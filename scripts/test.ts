import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveNatsServer } from '../servers/src/door.ts';

/** `npm test`: every check, then every test; deaf to the caller's settings, in a data folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
const resultFile = join(folder, 'jest.json');
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^HOLDFAST_|_PORT$|_URL$|^LOG_LEVEL$|^CATALOGUE_CURRENCY$/.test(name),
    ),
  ),
  HOLDFAST_DATA: join(folder, 'data'),
  // Jest runs ES modules only with this flag; the types of the sources are stripped by Node itself.
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
};
const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env }).status === 0;

// Once and in sight, rather than by every test worker at the same time.
console.log(`nats-server: ${(await resolveNatsServer()).file}`);
const isChecked = run('npm', ['run', '--silent', 'check']);
const isTested = run('jest', ['--json', `--outputFile=${resultFile}`, ...process.argv.slice(2)]);
const { passed, failed } = countTests();
rmSync(folder, { recursive: true, force: true });

console.log(`${passed + Number(isChecked)} passed, ${failed + Number(!isChecked)} failed`);
process.exitCode = isChecked && isTested && passed > 0 ? 0 : 1;

/** A suite that could not even start counts as one failure. */
function countTests(): { passed: number; failed: number } {
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8')) as Record<
      'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites',
      number
    >;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
