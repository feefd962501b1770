import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { historyFile, type HistoryLine, type Unstamped } from '../check/history.ts';

/** Who writes a run's history: clients and faults share one. */
export interface HistoryWriter {
  /** Stamps the line and appends it; never waits and never fails (a failed file is told by `close`). */
  write(line: Unstamped<HistoryLine>): void;
  /** Milliseconds since the run's start. */
  elapsedMs(): number;
  /** Writes out all that is buffered. Rejects when anything could not be written. */
  close(): Promise<void>;
}

/** Opens the history of the run in a folder, which is made; the run starts now. */
export function openHistory(folder: string): HistoryWriter {
  mkdirSync(folder, { recursive: true });
  const stream = createWriteStream(join(folder, historyFile), { flags: 'a', highWaterMark: 1 << 20 });
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  stream.on('error', failure.reject);
  const startedAt = performance.now();
  const elapsedMs = (): number => Math.round((performance.now() - startedAt) * 1_000) / 1_000;
  return {
    write: (line) =>
      void stream.write(`${JSON.stringify({ t: elapsedMs(), at: new Date().toISOString(), ...line })}\n`),
    elapsedMs,
    close: async () => {
      stream.end();
      await Promise.race([finished(stream), failure.promise]);
    },
  };
}
