import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** A program that runs on this machine and is new enough. */
export type FoundProgram<Origin extends string = string> = {
  readonly file: string;
  readonly version: string;
  readonly origin: 'cache' | 'PATH' | Origin;
};

/** What is looked for. */
export type WantedProgram = {
  readonly name: string;
  /** The version of the program in that file; null when it cannot be run here or is too old. */
  readonly usableVersion: (file: string) => Promise<string | null>;
};

/** Where fetched programs are kept: in HOLDFAST_DATA when it is set, then in the user's cache folder. */
export function cacheFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const userFolder = join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'holdfast');
  const data = env['HOLDFAST_DATA'];
  return data ? [resolve(data, 'cache'), userFolder] : [userFolder];
}

/** The first of the kept ones that is usable, the highest name first; null when there is none. */
export async function fromCache(
  folders: readonly string[],
  program: WantedProgram,
): Promise<FoundProgram<never> | null> {
  for (const folder of folders) {
    const kept = await readdir(folder).catch(() => []);
    for (const name of kept
      .filter((name) => name.startsWith(cachePrefix(program)))
      .sort()
      .reverse()) {
      const found = await usable(join(folder, name), program, 'cache' as const);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The first on PATH that is usable; null when there is none. */
export async function fromPath(
  env: NodeJS.ProcessEnv,
  program: WantedProgram,
): Promise<FoundProgram<never> | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const found = await usable(join(folder, program.name), program, 'PATH' as const);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Has `fetch` bring the program into a work folder beside the cache, and keeps it when it is usable; null when it is not, or
 * when `fetch` gives null. The rename at the end lets two that fetch at once both end with a whole file.
 */
export async function intoCache<Origin extends string>(
  folders: readonly string[],
  program: WantedProgram,
  origin: Origin,
  fetch: (workFolder: string) => Promise<string | null>,
): Promise<FoundProgram<Origin> | null> {
  const folder = await firstWritable([...folders].reverse());
  const workFolder = await mkdtemp(join(folder, '.fetch-'));
  try {
    const file = await fetch(workFolder);
    if (file === null) return null;
    await chmod(file, 0o755);
    const found = await usable(file, program, origin);
    if (found === null) return null;
    const whole = join(workFolder, 'whole');
    await copyFile(file, whole);
    await chmod(whole, 0o755);
    const cached = join(folder, `${cachePrefix(program)}${found.version}`);
    await rename(whole, cached);
    return { ...found, file: cached };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

const cachePrefix = ({ name }: WantedProgram) => `${name}-${process.platform}-${process.arch}-`;

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

async function usable<Origin extends string>(
  file: string,
  program: WantedProgram,
  origin: Origin,
): Promise<{ file: string; version: string; origin: Origin } | null> {
  const version = await program.usableVersion(file);
  return version === null ? null : { file, version, origin };
}
