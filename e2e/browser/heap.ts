import type { Page } from 'playwright-core';

/** Bytes that a page's JavaScript holds after everything that can be collected was. */
export async function heapAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    // Twice: what a finaliser lets go of is collected by the second.
    for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  } finally {
    await session.detach();
  }
}
