import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** It asks no other host for anything, and runs as root where tests do. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** What a page shows has to be there within this. */
const DEADLINE_MS = 20_000;

/** A real browser, with a profile of its own. */
export interface OpenBrowser {
  /** A visitor of their own: no storage in common with another. What the page logs as an error gathers in `errors`. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors and refusals by the Content-Security-Policy, in the order in which they came. */
  readonly errors: readonly string[];
}

/** Starts the Chromium at `executablePath`. */
export async function openBrowser(executablePath: string): Promise<OpenBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'holdfast-chromium-'));
  const browser = await chromium.launch({ executablePath, args: flags, env: { ...process.env, HOME: home } });
  return {
    visit: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(DEADLINE_MS);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|React|Uncaught/.test(message.text()))
          errors.push(message.text());
      });
      return { page, context, errors };
    },
    close: async () => {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
