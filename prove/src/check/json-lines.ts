import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { historyFile, type HistoryLine } from './history.ts';
import type { SnapshotName, SnapshotRows } from './snapshot-rows.ts';

/** A line is no JSON. */
export class UnreadableLineError extends Error {
  override readonly name = 'UnreadableLineError';
}

/** The history's lines in their order, a few in memory at a time. A last line that was cut short is left out. */
export const readHistory = (folder: string): AsyncGenerator<HistoryLine> =>
  readLines<HistoryLine>(join(folder, historyFile), 'may be cut short');

export const readSnapshot = <Name extends SnapshotName>(
  folder: string,
  name: Name,
): AsyncGenerator<SnapshotRows[Name]> =>
  readLines<SnapshotRows[Name]>(snapshotFile(folder, name), 'is whole');

export const snapshotFile = (folder: string, name: SnapshotName): string =>
  join(folder, 'snapshot', `${name}.jsonl`);

/** Writes a file of the snapshot anew; `lines` are JSON texts. */
export async function writeSnapshot(
  folder: string,
  name: SnapshotName,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const file = snapshotFile(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  for await (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}

async function* readLines<Line>(file: string, end: 'is whole' | 'may be cut short'): AsyncGenerator<Line> {
  const input = createReadStream(file);
  // An error, such as a missing file, ends the lines without a word.
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  input.once('error', failed.reject);
  await Promise.race([once(input, 'open'), failed.promise]);
  let number = 0;
  let broken: UnreadableLineError | null = null;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    if (broken !== null) throw broken;
    number += 1;
    if (text === '') continue;
    try {
      yield JSON.parse(text) as Line;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      broken = new UnreadableLineError(`${file}, line ${number} is no JSON`, { cause: error });
    }
  }
  if (broken !== null && end === 'is whole') throw broken;
}
