import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { natsServerFromApt } from './nats-apt.ts';
import { natsServerFromRelease } from './nats-release.ts';
import { isNewEnough, MINIMUM_NATS_VERSION, natsServerVersion } from './nats-version.ts';

/** A nats-server that runs on this machine and is new enough. */
export type NatsBinary = {
  readonly file: string;
  readonly version: string;
  readonly origin: 'cache' | 'PATH' | 'release' | 'apt';
};

/** No nats-server was found or could be fetched; the message says what was tried and what a person can do. */
export class NatsServerNotFoundError extends Error {
  override readonly name = 'NatsServerNotFoundError';
}

/** Every part has a default; tests give their own. */
export type ResolveNatsOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Where releases are downloaded from. */
  readonly releasesUrl?: string;
  /** The steps after cache and PATH, in order. */
  readonly steps?: readonly ('release' | 'apt')[];
  /** Told before each step that may take long, in words for a person. */
  readonly onProgress?: (line: string) => void;
};

/**
 * Finds a nats-server of at least 2.15: in the cache (HOLDFAST_DATA, then the user's cache folder), on PATH, as the pinned
 * official release checked against its SHA256SUMS, or as the distribution's package on Debian and Ubuntu. What was fetched is
 * kept in the cache. Safe to run many times at once. Rejects with NatsServerNotFoundError.
 */
export async function resolveNatsServer(options: ResolveNatsOptions = {}): Promise<NatsBinary> {
  const { env = process.env, steps = ['release', 'apt'], onProgress = () => {} } = options;
  const folders = cacheFolders(env);
  const local = (await fromCache(folders)) ?? (await fromPath(env));
  if (local !== null) return local;
  const failures: string[] = [];
  for (const step of steps) {
    onProgress(
      step === 'release'
        ? 'Fetching nats-server: the official release …'
        : "Fetching nats-server: this system's own package archive …",
    );
    try {
      const fetched = await intoCache(folders, step, options.releasesUrl);
      if (fetched !== null) return fetched;
      failures.push(`${step}: not to be had from here`);
    } catch (error) {
      failures.push(`${step}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new NatsServerNotFoundError(hint(failures));
}

function cacheFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const userFolder = join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'holdfast');
  const data = env['HOLDFAST_DATA'];
  return data ? [resolve(data, 'cache'), userFolder] : [userFolder];
}

async function fromCache(folders: readonly string[]): Promise<NatsBinary | null> {
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(cachePrefix()));
    for (const name of names.sort().reverse()) {
      const found = await usable(join(folder, name), 'cache');
      if (found !== null) return found;
    }
  }
  return null;
}

async function fromPath(env: NodeJS.ProcessEnv): Promise<NatsBinary | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const found = await usable(join(folder, 'nats-server'), 'PATH');
    if (found !== null) return found;
  }
  return null;
}

/** Fetches beside the cache and renames: two that fetch at once both end with a whole file. */
async function intoCache(
  folders: readonly string[],
  step: 'release' | 'apt',
  releasesUrl: string | undefined,
): Promise<NatsBinary | null> {
  const folder = await firstWritable([...folders].reverse());
  const workFolder = await mkdtemp(join(folder, '.fetch-'));
  try {
    const file =
      step === 'apt'
        ? await natsServerFromApt(workFolder)
        : await natsServerFromRelease(workFolder, releasesUrl);
    if (file === null) return null;
    await chmod(file, 0o755);
    const found = await usable(file, step);
    if (found === null) return null;
    const whole = join(workFolder, 'whole');
    await copyFile(file, whole);
    await chmod(whole, 0o755);
    const cached = join(folder, `${cachePrefix()}${found.version}`);
    await rename(whole, cached);
    return { ...found, file: cached };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

const cachePrefix = () => `nats-server-${process.platform}-${process.arch}-`;

async function firstWritable(folders: readonly string[]): Promise<string> {
  let lastError: unknown;
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await rm(await mkdtemp(join(folder, '.fetch-')), { recursive: true });
      return folder;
    } catch (error) {
      lastError = error;
    }
  }
  throw new Error(`No cache folder can be written: ${folders.join(', ')}`, { cause: lastError });
}

async function usable(file: string, origin: NatsBinary['origin']): Promise<NatsBinary | null> {
  const version = await natsServerVersion(file);
  return version !== null && isNewEnough(version) ? { file, version, origin } : null;
}

function hint(failures: readonly string[]): string {
  return [
    `No nats-server ${MINIMUM_NATS_VERSION} or newer was found in the cache or on PATH, and none could be fetched:`,
    ...failures.map((failure) => `  ${failure}`),
    'Install one and try again: macOS `brew install nats-server`, Windows `winget install NATSAuthors.NATSServer`,',
    'or run one, `docker run -p 4222:4222 nats:2.15 -js`, and set NATS_URL=nats://127.0.0.1:4222.',
  ].join('\n');
}
