import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

/** The last lines of a log, however long it is; empty when there is none. */
export function lastLines(file: string, lines = 20): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(Math.min(size, 16_384));
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(descriptor);
  }
}

/** Moves a log above `maxBytes` to `.1`, over an earlier one. To be called while nobody writes to it. */
export function rotateLog(file: string, maxBytes = 32 * 1024 * 1024): void {
  try {
    if (statSync(file).size > maxBytes) renameSync(file, `${file}.1`);
  } catch {
    // There is no log yet.
  }
}
