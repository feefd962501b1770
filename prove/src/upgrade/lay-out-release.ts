import { runCommand } from '@holdfast/servers';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { neededPackages, needTheSame, type Lock } from './needed-packages.ts';

const INSTALL_WITHIN_MS = 600_000;
const ARCHIVE_WITHIN_MS = 120_000;
const lockFile = 'package-lock.json';

/**
 * Puts the sources of a commit into `folder`, which is there and empty, with all that its services need to run. Resolves with
 * where the packages come from. Rejects with CommandFailedError.
 */
export async function layOutRelease(
  repository: string,
  commit: string,
  folder: string,
): Promise<'linked' | 'installed'> {
  const archive = join(folder, 'sources.tar');
  const options = { timeout: ARCHIVE_WITHIN_MS };
  await runCommand('git', ['archive', '--format=tar', '-o', archive, commit], {
    cwd: repository,
    ...options,
  });
  await runCommand('tar', ['-xf', archive, '-C', folder], options);
  await rm(archive);
  const lock = readLock(folder);
  if (needTheSame(lock, readLock(repository))) {
    linkModules(lock, repository, folder);
    return 'linked';
  }
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runCommand('npm', args, { cwd: folder, timeout: INSTALL_WITHIN_MS });
  return 'installed';
}

/**
 * Makes node_modules in `folder`: packages are those of `repository`, where they find their own packages too, and workspaces
 * are the folder's own, so that sources never meet sources of another version.
 */
export function linkModules(lock: Lock, repository: string, folder: string): void {
  for (const place of neededPackages(lock).keys()) {
    const isWithinAnother = place.indexOf('node_modules/') !== place.lastIndexOf('node_modules/');
    // What is optional, such as for another system, is in the lock and may not be installed.
    if (isWithinAnother || !existsSync(join(repository, place))) continue;
    link(join(repository, place), join(folder, place));
  }
  for (const [place, { link: isWorkspace, resolved }] of Object.entries(lock.packages)) {
    if (isWorkspace !== true) continue;
    link(relative(dirname(join(folder, place)), join(folder, resolved!)), join(folder, place));
  }
}

function link(target: string, place: string): void {
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place);
}

const readLock = (folder: string): Lock => JSON.parse(readFileSync(join(folder, lockFile), 'utf8')) as Lock;
