const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** Aggregates whose publish failed: each waits longer with every failure in a row, and none holds up another. */
export interface StoppedAggregates {
  readonly count: number;
  add(aggregateId: string): void;
  /** After a success. */
  remove(aggregateId: string): void;
  /** Those whose time has not come. */
  waiting(): string[];
  /** When the next one may be tried again, by `performance.now()`; Infinity when none waits. */
  nextRetryAt(): number;
}

export function createStoppedAggregates(): StoppedAggregates {
  const stopped = new Map<string, { failures: number; retryAt: number }>();
  const waiting = () => [...stopped].filter(([, { retryAt }]) => retryAt > performance.now());
  return {
    get count() {
      return stopped.size;
    },
    add: (aggregateId) => {
      const failures = (stopped.get(aggregateId)?.failures ?? 0) + 1;
      const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
      stopped.set(aggregateId, { failures, retryAt: performance.now() + waitMs });
    },
    remove: (aggregateId) => void stopped.delete(aggregateId),
    waiting: () => waiting().map(([aggregateId]) => aggregateId),
    nextRetryAt: () => Math.min(Infinity, ...waiting().map(([, { retryAt }]) => retryAt)),
  };
}
