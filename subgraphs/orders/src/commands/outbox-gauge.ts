/** Whether too many facts wait to be published. */
export interface OutboxGauge {
  /** By the last count, which is renewed in the background; costs nothing. */
  isFull(): boolean;
}

const shortestIntervalMs = 1_000;
/** Counting may take this share of the time at most, so that a long outbox is not made worse by counting it. */
const largestShare = 0.05;

/** Counts when asked, at most once a second. A count that fails leaves the last one in force. */
export function createOutboxGauge(count: () => Promise<number>, maxRows: number): OutboxGauge {
  let isFull = false;
  let isCounting = false;
  let nextCountAtMs = 0;

  async function renew(): Promise<void> {
    const startedAtMs = performance.now();
    isCounting = true;
    try {
      isFull = (await count()) >= maxRows;
    } catch {
      // The commands themselves say that the database is away.
    }
    isCounting = false;
    const tookMs = performance.now() - startedAtMs;
    nextCountAtMs = performance.now() + Math.max(shortestIntervalMs, tookMs / largestShare);
  }

  return {
    isFull: () => {
      if (!isCounting && performance.now() >= nextCountAtMs) void renew();
      return isFull;
    },
  };
}
