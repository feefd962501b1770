import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import axe from 'axe-core';
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

  it('has nothing serious for axe to find, in light and in dark, fits into 360 and 2,560 pixels, and breaks no rule of its policy', async () => {
    const found: string[] = [];
    const look = async ({ name, open }: ShownPage): Promise<void> => {
      const { page, context, errors } = await browser.visit();
      await open(page, system.url);
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.evaluate(untilDrawn);
        const serious = await page.evaluate(seriousFindings, colorScheme === 'dark');
        found.push(...serious.map((finding) => `${name}, ${colorScheme}: ${finding}`));
      }
      for (const width of [360, 2_560]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.evaluate(pixelsTooWide);
        if (over > 0) found.push(`${name} is ${over} px too wide for ${width} px`);
      }
      found.push(...errors.map((error) => `${name}: ${error}`));
      await context.close();
    };
    const lane = async (lookedAt: readonly ShownPage[]): Promise<void> => {
      for (const page of lookedAt) await look(page);
    };
    await Promise.all([0, 1].map((half) => lane(pages.filter((_, place) => place % 2 === half))));
    expect(pages.length).toBeGreaterThan(15);
    expect(found).toEqual([]);
  }, 600_000);

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

/**
 * Runs in a page, where `axe` is what was put there: what it finds serious or critical. Other colours change only the contrast,
 * so in the dark nothing else is looked at again. What the frame of GraphiQL holds is that package's own.
 */
async function seriousFindings(isDark: boolean): Promise<string[]> {
  const { violations } = await axe.run(
    { exclude: ['iframe'] },
    { resultTypes: ['violations'], iframes: false, ...(isDark ? { runOnly: ['color-contrast'] } : {}) },
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`);
}

/** Runs in the page: resolves when what was changed is on the screen and no colour is on its way to another. */
async function untilDrawn(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Runs in the page: how much it is too wide, once it has had a second to lay itself out for the width that it has now. */
async function pixelsTooWide(): Promise<number> {
  const page = document.documentElement;
  const startedAt = performance.now();
  while (page.scrollWidth > page.clientWidth && performance.now() - startedAt < 1_000) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  return page.scrollWidth - page.clientWidth;
}
