import { describe } from '@jest/globals';
import { openBrowser, type OpenBrowser } from './browser.ts';

const chromiumPath = process.env['CHROMIUM_PATH'];

/** Stories that need a browser: `npm test` says where one is, and counts them as skipped where none can be had. */
export const describeInBrowser = chromiumPath === undefined ? describe.skip : describe;

export function openTestBrowser(): Promise<OpenBrowser> {
  if (chromiumPath === undefined) throw new Error('CHROMIUM_PATH is not set');
  return openBrowser(chromiumPath);
}
