import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFromApt } from './apt-package.ts';
import { cacheFolders, fromCache, intoCache } from './program-cache.ts';
import { runCommand } from './run-command.ts';

/**
 * The library that makes a program see another time, when it is preloaded: this system's own, the kept one, or that of the
 * distribution's package on Debian and Ubuntu. Null where there is none that works.
 */
export async function findFaketime(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  for (const folder of await readdir('/usr/lib').catch(() => [])) {
    const file = join('/usr/lib', folder, 'faketime', 'libfaketime.so.1');
    if ((await faketime.usableVersion(file)) !== null) return file;
  }
  const folders = cacheFolders(env);
  const kept = await fromCache(folders, faketime);
  if (kept !== null) return kept.file;
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const path = `usr/lib/${triplet}/faketime/libfaketime.so.1`;
  const fetched = await intoCache(folders, faketime, 'apt', (workFolder) =>
    fileFromApt(workFolder, { packageName: 'libfaketime', path }),
  ).catch(() => null);
  return fetched?.file ?? null;
}

const faketime = {
  name: 'libfaketime',
  /** It has no version to be asked for: it is usable when `date` believes it. */
  usableVersion: async (file: string): Promise<string | null> => {
    if (process.platform !== 'linux' || !(await stat(file).catch(() => null))?.isFile()) return null;
    const env = { PATH: process.env['PATH'], LD_PRELOAD: file, FAKETIME: '@2001-02-03 04:05:06', TZ: 'UTC' };
    const year = await runCommand('date', ['+%Y'], { env }).catch(() => '');
    return year.trim() === '2001' ? '1' : null;
  },
};
