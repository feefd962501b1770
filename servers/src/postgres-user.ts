import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runCommand } from './run-command.ts';

/** Under which user PostgreSQL's programs run; empty: as this process does. */
export type RunAs = { readonly uid?: number; readonly gid?: number };

/** PostgreSQL cannot run here as this user; the message names what stands in the way and what to do. */
export class PostgresUserError extends Error {
  override readonly name = 'PostgresUserError';
}

/**
 * PostgreSQL refuses to run as root: root starts it as the user `postgres`, made here if the system has none. That user must be
 * able to enter the folders of `paths`; rejects with PostgresUserError naming the first that is closed to it.
 */
export async function postgresUser(paths: readonly string[]): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  const runAs = await lookUp().catch(createUser);
  for (const path of paths) await assertOpen(path, runAs);
  return runAs;
}

/** Gives a folder to that user, closed to everybody else. */
export async function giveFolder(folder: string, { uid, gid }: RunAs): Promise<void> {
  await chmod(folder, 0o700);
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
}

type Ids = { readonly uid: number; readonly gid: number };

async function lookUp(): Promise<Ids> {
  const [uid, gid] = await Promise.all([
    runCommand('id', ['-u', 'postgres']),
    runCommand('id', ['-g', 'postgres']),
  ]);
  return { uid: Number(uid), gid: Number(gid) };
}

async function createUser(): Promise<Ids> {
  try {
    await runCommand('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return await lookUp();
  } catch (cause) {
    throw new PostgresUserError(
      'PostgreSQL refuses to run as root, and the user postgres could not be made: run as an ordinary user, or make it.',
      { cause },
    );
  }
}

async function assertOpen(path: string, { uid, gid }: Ids): Promise<void> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = await stat(folder);
    const place = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & place) === 0) {
      throw new PostgresUserError(
        `PostgreSQL refuses to run as root, and the user postgres may not enter ${folder}: ` +
          `run as an ordinary user, open it (chmod o+x '${folder}'), or have the clone and HOLDFAST_DATA elsewhere.`,
      );
    }
    if (folder === dirname(folder)) return;
  }
}
