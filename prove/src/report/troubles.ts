import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const troublesFile = 'troubles.json';

/** Keeps in a run's folder what its harness met that should not be, so that a replay does not call that run clean. */
export function writeTroubles(folder: string, troubles: readonly string[]): void {
  writeFileSync(join(folder, troublesFile), `${JSON.stringify(troubles, null, 2)}\n`);
}

/** What `writeTroubles` kept; none for a folder without. */
export function readTroubles(folder: string): readonly string[] {
  const file = join(folder, troublesFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}
