import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '@holdfast/servers';
import { openBrowser, type OpenBrowser } from './browser/browser.ts';
import { pagesOf, type ShownPage } from './browser/pages.ts';
import { fillWithTrade } from './browser/trade.ts';
import { System } from './system.ts';

/**
 * `npm run screenshots [-- --only PATTERN]`: every page of the web client (or those whose names match) in light and dark,
 * narrow, usual and wide, over a system of its own that has seen some trade. Written to `screenshots/`, which is no part of
 * the repository.
 */
const folder = resolve(import.meta.dirname, '../screenshots');
const widths = { narrow: [360, 780], usual: [1280, 860], wide: [2560, 1300] } as const;
const schemes = ['light', 'dark'] as const;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = new RegExp(values.only ?? '');
const chromium = await findChromium();
const system = await System.start();
const browser = await openBrowser(chromium);
try {
  const trade = await fillWithTrade(system);
  if (values.only === undefined) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const wanted = pagesOf(trade).filter(({ name }) => only.test(name));
  for (const page of wanted) await takeAll(browser, page);
  console.log(`${wanted.length * 6} screenshots in ${folder}`);
} finally {
  await browser.close();
  await system.remove();
}

async function takeAll(from: OpenBrowser, { name, open }: ShownPage): Promise<void> {
  for (const colorScheme of schemes) {
    for (const [breadth, [width, height]] of Object.entries(widths)) {
      const { page, context, errors } = await from.visit({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await open(page, system.url);
      await page.screenshot({ path: join(folder, `${name}-${breadth}-${colorScheme}.png`) });
      for (const error of errors) console.error(`${name} ${breadth} ${colorScheme}: ${error}`);
      await context.close();
    }
  }
}
