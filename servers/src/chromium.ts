import { delimiter, join } from 'node:path';
import { debianFamily } from './debian-family.ts';
import { runCommand } from './run-command.ts';

/** The one without windows first: it draws the same with about half the work. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const PACKAGES = ['chromium-headless-shell', 'chromium'];
const MAC_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** CHROMIUM_PATH names something that is no Chromium or does not run. */
export class ChromiumPathError extends Error {
  override readonly name = 'ChromiumPathError';
}

/** There is none, and none could be installed; the message says how to get one. */
export class ChromiumNotFoundError extends Error {
  override readonly name = 'ChromiumNotFoundError';
}

/** Every part has a default; tests give their own. */
export type FindChromiumOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Where one may be beside the folders of PATH. */
  readonly places?: readonly string[];
  /** Whether the distribution's package may be installed. Default: as root on Debian and Ubuntu. */
  readonly mayInstall?: boolean;
  /** Told in words for a person: before what may take long, and what went wrong then. */
  readonly onProgress?: (line: string) => void;
};

/**
 * Finds a Chromium that runs: CHROMIUM_PATH, else one on PATH or among the applications of a Mac; else installs the
 * first of PACKAGES that apt-get can bring, where it may. Rejects with ChromiumNotFoundError and ChromiumPathError.
 */
export async function findChromium(options: FindChromiumOptions = {}): Promise<string> {
  const { env = process.env, places = MAC_APPLICATIONS, onProgress = () => {} } = options;
  const told = env['CHROMIUM_PATH'];
  if (told) {
    if (await runs(told)) return told;
    throw new ChromiumPathError(
      `CHROMIUM_PATH is "${told}", which does not run; allowed: a Chromium or Chrome program`,
    );
  }
  const found = await lookFor(env, places);
  if (found !== null) return found;
  if (options.mayInstall ?? (await mayInstallPackages())) {
    onProgress(`Installing Chromium, for the tests in a browser: apt-get install ${PACKAGES.join(' or ')} …`);
    const failure = await installPackage(env);
    const installed = await lookFor(env, places);
    if (installed !== null) return installed;
    onProgress(failure ?? 'A package was installed, and what it brought does not run.');
  }
  throw new ChromiumNotFoundError(
    'There is no Chromium here: install one (apt-get install chromium, brew install --cask chromium) or set CHROMIUM_PATH.',
  );
}

async function lookFor(env: NodeJS.ProcessEnv, places: readonly string[]): Promise<string | null> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  for (const file of candidates) if (await runs(file)) return file;
  return null;
}

/** Ubuntu has programs of these names that only say that a snap is to be installed. */
async function runs(file: string): Promise<boolean> {
  const version = await runCommand(file, ['--version'], { timeout: 20_000 }).catch(() => '');
  return /^(Chromium|Google Chrome)/.test(version.trim());
}

async function mayInstallPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await debianFamily()) !== null;
}

/** Gives what apt-get said when it failed. */
async function installPackage(env: NodeJS.ProcessEnv): Promise<string | null> {
  const apt = async (...args: readonly string[]): Promise<string | null> => {
    const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 };
    return runCommand('apt-get', args, options).then(
      () => null,
      (error: Error) => error.message,
    );
  };
  let failure = await apt('update');
  for (const name of PACKAGES) {
    failure = await apt('install', '--yes', '--no-install-recommends', name);
    if (failure === null) break;
  }
  return failure;
}
