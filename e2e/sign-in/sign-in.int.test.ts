import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenBrowser } from '../browser/browser.ts';
import { describeInBrowser, openTestBrowser } from '../browser/in-browser.ts';
import { inSeconds, TokenForge } from '../security/tokens.ts';
import { System } from '../system.ts';

describeInBrowser('a customer whom the gateway asks for a token', () => {
  let system: System;
  let browser: OpenBrowser;
  beforeAll(async () => {
    system = await System.start({ HOLDFAST_AUTH: 'jwt', JWT_CLOCK_TOLERANCE_SECONDS: '0' });
    browser = await openTestBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.remove();
  });

  it('signs in, is told when a token is not accepted or has ended, keeps the cart, and signs out', async () => {
    const forge = new TokenForge(system.dataFolder);
    const { page, context, errors } = await browser.visit();
    const signIn = async (token: string): Promise<void> => {
      await page.getByLabel('Access token').fill(token);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };
    await page.goto(new URL('/', system.url).href);
    await page.getByRole('heading', { name: 'Sign in to Holdfast' }).waitFor();
    expect(await page.getByText('does not accept').count()).toBe(0);
    await signIn('two words');
    await page.getByText('A token is one word without spaces.').waitFor();
    await signIn('nobodys-token');
    await page.getByText('The gateway does not accept this token, or it has ended.').waitFor();

    await signIn(await forge.sign({ exp: inSeconds(12) }));
    await page.getByRole('button', { name: 'Viewer: ada' }).waitFor();
    await page.getByRole('button', { name: 'Add Mug, stoneware, blue to the cart' }).click();
    await page.getByRole('link', { name: 'Cart: 1 unit' }).waitFor();
    // Nothing is asked any more but over the socket, which is told that the token has ended.
    await page.getByText('Live', { exact: true }).first().waitFor();
    await page.getByText('The gateway does not accept this token, or it has ended.').waitFor();

    await signIn(await forge.sign());
    await page.getByRole('link', { name: 'Cart: 1 unit' }).waitFor();
    const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(stored).toMatch(/MUG-BLUE/);
    expect(stored).not.toMatch(/token/);
    await page.getByRole('button', { name: 'Viewer: ada' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Holdfast' }).waitFor();
    expect(await page.getByText('does not accept').count()).toBe(0);
    expect(errors).toEqual([]);
    await context.close();
  });
});
