import { setTimeout as delay } from 'node:timers/promises';

const MOST_IN_FLIGHT = 64;

export interface LoadResult {
  readonly started: number;
  readonly failed: number;
  /** Started less than asked for because too many were in flight. */
  readonly leftOut: number;
}

/**
 * Starts `work` `perSecond` times a second, evenly and without drift, until `signal` is aborted. At most 64 run at
 * once: what cannot be started then is left out and counted.
 */
export async function steadyLoad(
  perSecond: number,
  work: (turn: number) => Promise<unknown>,
  signal: AbortSignal,
): Promise<LoadResult> {
  const startedAt = performance.now();
  const running = new Set<Promise<unknown>>();
  let [turn, started, failed, leftOut] = [0, 0, 0, 0];
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (; turn < due; turn += 1) {
      if (running.size >= MOST_IN_FLIGHT) {
        leftOut += 1;
        continue;
      }
      started += 1;
      const one = work(turn)
        .catch(() => (failed += 1))
        .finally(() => running.delete(one));
      running.add(one);
    }
    await delay(10, undefined, { signal }).catch(() => {});
  }
  await Promise.all(running);
  return { started, failed, leftOut };
}
