import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { OpenBrowser, Visitor } from '../browser/browser.ts';
import { describeInBrowser, openTestBrowser } from '../browser/in-browser.ts';
import { placeOrder } from '../orders.ts';
import { System } from '../system.ts';

const MUG = 'Mug, stoneware, blue';

describeInBrowser('a customer in the shop', () => {
  let system: System;
  let browser: OpenBrowser;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    system = await System.start();
    browser = await openTestBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await system?.remove();
  });
  beforeEach(async () => {
    visitor = await browser.visit();
    page = visitor.page;
  });
  afterEach(async () => {
    expect(visitor.errors).toEqual([]);
    await visitor.context.close();
  });

  const at = (path: string): string => new URL(path, system.url).href;
  const countOrders = async (): Promise<number> => {
    const { data } = await system.ask<{ orderTotals: readonly { count: number }[] }>(
      '{ orderTotals { count } }',
    );
    return data.orderTotals.reduce((sum, { count }) => sum + count, 0);
  };
  /** From the shop's first page to the form that places the order. */
  const fillCart = async (product: string, quantity = 1): Promise<void> => {
    await page.goto(at('/'));
    await page.getByRole('button', { name: `Add ${product} to the cart` }).click();
    await page.getByRole('link', { name: /^Check out/ }).click();
    if (quantity > 1) await page.getByLabel(`Units of ${product}`).fill(String(quantity));
    await page
      .getByText(/found by|the middle of the country/)
      .first()
      .waitFor();
  };
  const placeButton = () => page.getByRole('button', { name: 'Place order' });
  /** The names of the steps that the tracker shows, in their order. */
  const steps = async (of: Page = page): Promise<string[]> => {
    const items = of.getByRole('list', { name: 'Steps of the order' }).getByRole('listitem');
    return (await items.locator('p:first-child').allTextContents()).map((text) => text.trim());
  };
  const place = async (): Promise<string> => {
    await placeButton().click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    return new URL(page.url()).pathname.split('/')[2]!;
  };

  it('places an order and sees it become RESERVED without a reload, with where its stock was tied and why', async () => {
    await fillCart(MUG, 2);
    await place();
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    expect(await steps()).toEqual(['Placed', 'Reserved']);
    expect(await page.getByRole('main').textContent()).toMatch(/London/);
    await page.getByRole('link', { name: 'Cart: 0 units' }).waitFor();
  });

  it('sees what was short when it is sold out', async () => {
    await fillCart('Clock, kitchen', 700);
    await place();
    await page.getByText('Rejected', { exact: true }).first().waitFor();
    const text = await page.getByRole('main').textContent();
    expect(text).toMatch(/700/);
    expect(text).toMatch(/Clock, kitchen/);
    expect(await page.getByRole('button', { name: /Cancel/ }).count()).toBe(0);
  });

  it('cancels, and sees that the stock is free again', async () => {
    await fillCart(MUG);
    await place();
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel order …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    // What happened may be told before the command is answered, and the page behind a dialog is not to be reached.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await steps()).toEqual(['Placed', 'Reserved', 'Cancelled']);
  });

  it('places one order by a double click', async () => {
    const before = await countOrders();
    await fillCart(MUG);
    await placeButton().dblclick();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    expect(await countOrders()).toBe(before + 1);
  });

  it('places one order though the answer is lost, and is told so', async () => {
    const before = await countOrders();
    await fillCart(MUG);
    let sent = 0;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('placeOrder')) return route.continue();
      sent += 1;
      if (sent > 1) return route.continue();
      // The gateway gets it and answers; the answer never arrives.
      await route.fetch();
      return route.abort();
    });
    await place();
    expect(sent).toBeGreaterThan(1);
    expect(await countOrders()).toBe(before + 1);
  });

  it('sees the same as another browser, and a text that looks like markup as text', async () => {
    const reference = '<script>alert(1)</script>';
    const { order } = await placeOrder(system, {
      idempotencyKey: crypto.randomUUID(),
      reference,
      destination: { country: 'GB' },
      lines: [{ sku: 'MUG-BLUE', quantity: 1 }],
    });
    const other = await browser.visit();
    for (const each of [page, other.page]) {
      await each.goto(at(`/orders/${order!.id}`));
      await each.getByText('Reserved', { exact: true }).first().waitFor();
      await each.getByRole('heading', { name: `Order ${reference}` }).waitFor();
    }
    await system.ask('mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { problems { code } } }', {
      id: order!.id,
    });
    for (const each of [page, other.page]) {
      await each.getByText('Cancelled', { exact: true }).first().waitFor();
      expect(await steps(each)).toEqual(['Placed', 'Reserved', 'Cancelled']);
    }
    expect(other.errors).toEqual([]);
    await other.context.close();
  });

  it('misses nothing and sees nothing twice when the gateway is killed and comes back while the tracker is open', async () => {
    await fillCart(MUG);
    const id = await place();
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    process.kill(system.pids.get('gateway')!, 'SIGKILL');
    await page.getByText(/Reconnecting/).waitFor();
    // While this page's gateway is away, the order goes on: it is cancelled at the orders service itself.
    const { ok } = await fetch(`http://127.0.0.1:${system.ports.orders}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-holdfast-viewer': Buffer.from('{"customerId":"local","isOperator":true}').toString('base64url'),
      },
      body: JSON.stringify({
        query: `mutation { cancelOrder(input: { orderId: "${id}" }) { problems { code } } }`,
      }),
    });
    expect(ok).toBe(true);
    await page.getByText('Cancelled', { exact: true }).first().waitFor({ timeout: 30_000 });
    expect(await steps()).toEqual(['Placed', 'Reserved', 'Cancelled']);
    await page.getByText(/Reconnecting/).waitFor({ state: 'detached' });
  });

  it('reads an order while inventory does not answer, and sees where its stock is tied as soon as it does', async () => {
    const { order } = await placeOrder(system, {
      customerId: 'local',
      idempotencyKey: crypto.randomUUID(),
      destination: { country: 'GB' },
      lines: [{ sku: 'MUG-BLUE', quantity: 1 }],
    });
    await page.goto(at(`/orders/${order!.id}`));
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    const inventory = system.pids.get('inventory')!;
    process.kill(inventory, 'SIGSTOP');
    try {
      await page.reload();
      await page.getByText('The facilities cannot be read just now').waitFor();
      expect(await steps()).toEqual(['Placed', 'Reserved']);
    } finally {
      process.kill(inventory, 'SIGCONT');
    }
    await page.getByRole('heading', { name: 'Where its stock is tied' }).waitFor();
    await page.getByText('The facilities cannot be read just now').waitFor({ state: 'detached' });
  });

  it('finds the order among their own, and another customer does not', async () => {
    const reference = 'as-ada';
    await page.goto(at('/'));
    await page.getByRole('button', { name: /^Viewer/ }).click();
    await page.getByLabel('Customer').fill('ada');
    await page.getByRole('button', { name: 'Be this customer' }).click();
    await page.getByRole('button', { name: 'Viewer: ada' }).waitFor();
    expect(await page.getByRole('link', { name: 'Console' }).count()).toBe(0);
    await fillCart(MUG);
    await page.getByLabel('Your reference').fill(reference);
    const id = await place();
    await page.getByRole('link', { name: 'My orders', exact: true }).first().click();
    await page.getByText(reference).waitFor();

    const other = await browser.visit();
    await other.context.addInitScript(() => localStorage.setItem('holdfast-customer', 'bob'));
    await other.page.goto(at(`/orders/${id}`));
    await other.page.getByText('You have no order with this id').waitFor();
    await other.context.close();
  });
});
