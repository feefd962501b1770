import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/**
 * Bytes that a page's JavaScript holds after everything that can be collected was: the least of ten looks, a second apart,
 * since one look also counts what is on its way through a page that is busy. What leaks is in each of them.
 */
export async function heapAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    let least = Number.POSITIVE_INFINITY;
    for (let look = 0; look < 10; look += 1) {
      await delay(1_000);
      // Twice: what a finaliser lets go of is collected by the second.
      for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      least = Math.min(least, usedSize);
    }
    return least;
  } finally {
    await session.detach();
  }
}
