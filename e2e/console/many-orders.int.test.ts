import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenBrowser } from '../browser/browser.ts';
import { describeInBrowser, openTestBrowser } from '../browser/in-browser.ts';
import { fillWithOrders } from '../browser/many-orders.ts';
import { longestTaskMs } from '../browser/task-times.ts';
import { System } from '../system.ts';

const ORDERS = 100_000;
const LONGEST_TASK_MS = 200;

describeInBrowser('a hundred thousand orders in the console', () => {
  let system: System;
  let browser: OpenBrowser;
  beforeAll(async () => {
    system = await System.start();
    await fillWithOrders(system, ORDERS);
    browser = await openTestBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.remove();
  });

  it('scroll from the first to the last without a task over 200 ms', async () => {
    const { page, errors } = await browser.visit();
    await page.goto(new URL('/console/orders', system.url).href);
    const table = page.getByRole('table', { name: /^Orders/ });
    await table.getByText('R-1', { exact: true }).waitFor();
    const longest = await longestTaskMs(page, async () => {
      await table.evaluate(scrollToTheEnd);
    });
    await table.getByText(`R-${ORDERS}`, { exact: true }).waitFor();
    expect(longest).toBeLessThan(LONGEST_TASK_MS);
    expect(errors).toEqual([]);
  }, 180_000);
});

/** Runs in the page: a step each frame, as a wheel does, until the table says that nothing comes after. */
function scrollToTheEnd(table: Element): Promise<void> {
  return new Promise((resolve) => {
    const step = (): void => {
      table.scrollTop += 2_000;
      const isAtTheEnd = table.scrollTop + table.clientHeight >= table.scrollHeight - 2;
      if (isAtTheEnd && table.textContent.includes('These are all.')) resolve();
      else requestAnimationFrame(step);
    };
    step();
  });
}
