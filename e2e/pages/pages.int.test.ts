import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenBrowser } from '../browser/browser.ts';
import { describeInBrowser, openTestBrowser } from '../browser/in-browser.ts';
import { pagesOf, type ShownPage } from '../browser/pages.ts';
import { fillWithTrade } from '../browser/trade.ts';
import { System } from '../system.ts';

const SHOP_BUDGET_BYTES = 200 * 1024;

describeInBrowser('every page of the web client', () => {
  let system: System;
  let browser: OpenBrowser;
  let pages: readonly ShownPage[];
  beforeAll(async () => {
    system = await System.start();
    pages = pagesOf(await fillWithTrade(system));
    browser = await openTestBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.remove();
  });

  it.each(['light', 'dark'] as const)(
    'has nothing serious for axe to find, in %s',
    async (colorScheme) => {
      const found: string[] = [];
      for (const shown of pages) {
        const { page, context, errors } = await browser.visit({ colorScheme });
        await shown.open(page, system.url);
        // What the frame of GraphiQL holds is that package's own.
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical')
            found.push(`${shown.name}: ${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`);
        }
        found.push(...errors.map((error) => `${shown.name}: ${error}`));
        await context.close();
      }
      expect(found).toEqual([]);
    },
    180_000,
  );

  it.each([360, 2_560])(
    'fits into %d pixels without scrolling sideways',
    async (width) => {
      const wide: string[] = [];
      for (const shown of pages) {
        const { page, context } = await browser.visit({ viewport: { width, height: 800 } });
        await shown.open(page, system.url);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) wide.push(`${shown.name} is ${over} px too wide`);
        await context.close();
      }
      expect(wide).toEqual([]);
    },
    180_000,
  );

  it('loads at most 200 KB of gzipped JavaScript on the shop, and nothing from elsewhere', async () => {
    const { page, context } = await browser.visit();
    const scripts = new Set<string>();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin !== new URL(system.url).origin) foreign.push(request.url());
      if (pathname.endsWith('.js')) scripts.add(pathname);
    });
    await pages.find(({ name }) => name === 'shop')!.open(page, system.url);
    const dist = resolve(import.meta.dirname, '../../web/dist');
    const bytes = [...scripts].reduce(
      (sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length,
      0,
    );
    expect(readdirSync(join(dist, 'assets')).length).toBeGreaterThan(scripts.size);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(SHOP_BUDGET_BYTES);
    expect(foreign).toEqual([]);
    await context.close();
  });
});
