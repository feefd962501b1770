import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifyProcess, isStillRunning } from '@holdfast/servers';
import { StartError } from './start-error.ts';

/**
 * Makes this process the only `npm start` on a data folder, until the returned function is called. The lock names its process, so
 * that one left by a killed process does not block. Rejects with StartError when another one runs,
 * and when the folder cannot be made or written to.
 */
export async function lockDataFolder(dataFolder: string): Promise<() => void> {
  const lock = join(dataFolder, 'start.lock');
  const own = await identifyProcess(process.pid);
  const mine = JSON.stringify({ pid: process.pid, startedAt: own?.startedAt ?? '' });
  const draft = `${lock}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeDraft(dataFolder, draft, mine);
  try {
    for (;;) {
      if (link(draft, lock)) return () => rmSync(lock, { force: true });
      const found = read(lock);
      if (found === null) continue;
      const holder = parse(found);
      if (holder !== null && (await isStillRunning(holder))) throw alreadyRuns(dataFolder, holder.pid);
      takeAway(lock, found, `${draft}.old`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(dataFolder: string, draft: string, mine: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(draft, mine);
  } catch (cause) {
    throw new StartError(
      `The data folder ${dataFolder} cannot be made or written to (${(cause as Error).message}): ` +
        'set HOLDFAST_DATA to another folder.',
      { cause },
    );
  }
}

function alreadyRuns(dataFolder: string, pid: number): StartError {
  return new StartError(
    `Holdfast already runs on ${dataFolder} (process ${pid}). Stop it with Ctrl-C there or \`kill ${pid}\`, ` +
      'or give this one another folder and other ports: HOLDFAST_DATA=… GATEWAY_PORT=… ORDERS_PORT=… INVENTORY_PORT=…',
  );
}

/** A file appears under the lock's name whole or not at all. */
function link(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string): { pid: number; startedAt: string } | null {
  try {
    return JSON.parse(text) as { pid: number; startedAt: string };
  } catch {
    return null;
  }
}

/** Moves the stale lock aside; should it be a rival's new one by now, it is put back. */
function takeAway(lock: string, stale: string, aside: string): void {
  try {
    renameSync(lock, aside);
  } catch {
    return; // A rival was faster; look again.
  }
  if (read(aside) !== stale) link(aside, lock);
  rmSync(aside, { force: true });
}
