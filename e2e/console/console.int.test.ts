import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Page } from 'playwright-core';
import { waitUntil } from '@holdfast/servers';
import type { OpenBrowser, Visitor } from '../browser/browser.ts';
import { describeInBrowser, openTestBrowser } from '../browser/in-browser.ts';
import { parkOrderPlaced } from '../browser/parked-by-hand.ts';
import { anOrder, placeOrder, watch } from '../orders.ts';
import { System } from '../system.ts';

const SKU = 'MUG-BLUE';
const HOLD =
  'mutation ($seconds: Int!) { inventoryHoldConsumer(seconds: $seconds) { pausedUntil problems { message } } }';

describeInBrowser('an operator in the console', () => {
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
  const place = async (parts: object): Promise<string> => {
    const { order, problems } = await placeOrder(system, anOrder(SKU, parts));
    expect(problems).toEqual([]);
    return order!.id;
  };
  const rowOf = (reference: string) =>
    page.getByRole('table').getByRole('row').filter({ hasText: reference });

  it('filters orders by state and customer, keeps that in the address, and sees a new one come in', async () => {
    const rejected = await place({ reference: 'too-many', lines: [{ sku: SKU, quantity: 900_000 }] });
    await place({ reference: 'for-ada', customerId: 'ada' });
    await watch(system, rejected, 0, 2);
    await page.goto(at('/console/orders'));
    await rowOf('too-many').getByText('Rejected').waitFor();
    await rowOf('for-ada').getByText('Reserved').waitFor();

    await page.getByRole('button', { name: /^Rejected/ }).click();
    await rowOf('for-ada').waitFor({ state: 'detached' });
    await rowOf('too-many').waitFor();
    expect(new URL(page.url()).search).toContain('REJECTED');
    await page.reload();
    await rowOf('too-many').waitFor();
    expect(await rowOf('for-ada').count()).toBe(0);

    await page.getByRole('button', { name: /^Rejected/ }).click();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Customer', { exact: true }).fill('ada');
    await rowOf('too-many').waitFor({ state: 'detached' });
    await place({ reference: 'for-bob', customerId: 'bob' });
    await place({ reference: 'again-for-ada', customerId: 'ada' });
    await rowOf('again-for-ada').getByText('Reserved').waitFor();
    expect(await rowOf('for-bob').count()).toBe(0);
  });

  it('moves nothing while it is paused, and shows all of it when it resumes', async () => {
    await page.goto(at('/console/orders'));
    await rowOf('for-ada').first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await place({ reference: 'while-paused' });
    await page
      .getByText(/[1-9]\d* (new )?changes?/)
      .first()
      .waitFor();
    expect(await rowOf('while-paused').count()).toBe(0);
    await page.getByRole('button', { name: /Resume/ }).click();
    await rowOf('while-paused').getByText('Reserved').waitFor();
  });

  it('reads the story of an order across both services', async () => {
    const id = await place({ reference: 'told' });
    await watch(system, id, 0, 2);
    await page.goto(at(`/console/orders/${id}`));
    for (const fact of ['OrderPlaced', 'StockReserved', 'OrderReserved']) {
      await page.getByText(fact, { exact: true }).first().waitFor();
    }
    const text = (await page.getByRole('main').textContent())!;
    for (const part of ['inventory-orders', 'orders-reservations', 'ORDERS', 'INVENTORY'])
      expect(text).toContain(part);
  });

  it('receives stock, is told what is wrong at its field, and sees the level change in another tab', async () => {
    const other = await visitor.context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(at(`/console/inventory/${SKU}`));
      await tab.getByRole('table', { name: 'Levels by facility and zone' }).waitFor();
    }
    const onHand = async (tab: Page): Promise<string> =>
      (await tab
        .getByRole('row')
        .filter({ hasText: 'Dublin' })
        .first()
        .getByRole('cell')
        .nth(2)
        .textContent())!.trim();
    const before = Number(await onHand(other));
    const units = page.getByRole('textbox', { name: 'Units' });
    await page.getByLabel('Facility').selectOption('dublin');
    await units.fill('2000000000');
    await page.getByRole('button', { name: 'Receive' }).click();
    await page
      .getByText(/1,000,000,000|1000000000/)
      .first()
      .waitFor();
    expect(await units.getAttribute('aria-invalid')).toBe('true');
    expect(Number(await onHand(other))).toBe(before);

    await units.fill('7');
    await page.getByLabel('Reason').fill('found behind a shelf');
    await page.getByRole('button', { name: 'Receive' }).click();
    for (const tab of [page, other]) {
      await tab
        .getByRole('row')
        .filter({ hasText: 'Dublin' })
        .filter({ hasText: String(before + 7) })
        .first()
        .waitFor();
    }
    await page.getByText('found behind a shelf').filter({ visible: true }).first().waitFor();
  });

  it('redrives a parked message, and its order is tied once', async () => {
    await system.ask(HOLD, { seconds: 60 });
    const id = await place({ reference: 'parked' });
    await parkOrderPlaced(system, id, 'deadlock detected');
    await page.goto(at('/console/events'));
    await page.getByText('deadlock detected').waitFor();
    await page.getByRole('button', { name: 'Redrive', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click();
    await page.getByText('deadlock detected').waitFor({ state: 'detached' });
    expect((await watch(system, id, 0, 2)).map(({ to }) => to)).toEqual(['PENDING', 'RESERVED']);

    // The message itself arrives afterwards, and changes nothing.
    await system.ask(HOLD, { seconds: 0 });
    const next = await place({ reference: 'after-parked' });
    await watch(system, next, 0, 2);
    const { data } = await system.ask(
      'query ($id: ID!) { order(id: $id) { version reservation { allocations { quantity } } } }',
      { id },
    );
    expect(data).toEqual({ order: { version: 2, reservation: { allocations: [{ quantity: 1 }] } } });
  });

  it('discards a message that nobody can read, with a reason, which stands on record with who it was', async () => {
    const nats = await connect({ servers: system.runFile.urls.nats });
    await jetstream(nats).publish('orders.order.placed.v1', '{"orderId":', { msgID: randomUUID() });
    await nats.close();
    await page.goto(at('/console/events'));
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Discard for good' }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('A test message');
    await dialog.getByRole('button', { name: 'Discard for good' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(at('/console/events?parked=closed'));
    const closed = page.getByRole('listitem').filter({ hasText: 'A test message' });
    expect(await closed.textContent()).toMatch(/Discarded by local/);
  });

  it('jumps to an order, a SKU and a facility by the keyboard', async () => {
    await page.goto(at('/console/events'));
    const jump = async (text: string, address: RegExp): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(text);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(address);
    };
    await jump('told', /\/console\/orders\/[0-9a-f-]{36}$/);
    await jump('MUG-BL', /\/console\/inventory\/MUG-BLUE$/);
    await jump('rotterd', /\/console\/facilities\/rotterdam$/);
  });

  it('has orders placed at a pace, holds inventory meanwhile, and sees what waits gather and drain', async () => {
    await page.goto(at('/console/demo'));
    const figure = async (name: string): Promise<number> => {
      const text = await page.locator('dt', { hasText: name }).first().locator('+ dd').textContent();
      return Number((text ?? '').replace(/\D/g, ''));
    };
    const until = (isSo: () => Promise<boolean>) => waitUntil(isSo, { withinMs: 20_000 });
    await page.getByLabel('Seconds').fill('60');
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByText(/^Held: goes on by itself/).waitFor();
    await page.getByLabel('Exactly').fill('25');
    await page.getByRole('button', { name: 'Start' }).click();
    expect(await until(async () => (await figure('Waiting for inventory')) >= 20)).toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.', { exact: true }).waitFor();
    const placed = await figure('Placed');
    expect(placed).toBeGreaterThanOrEqual(20);
    expect(await figure('Failed')).toBe(0);

    await page.getByRole('button', { name: 'Go on now' }).click();
    await page.getByText('Not held.').waitFor();
    expect(await until(async () => (await figure('Waiting for inventory')) === 0)).toBe(true);
    // What was delivered last may still be on its way to the orders.
    const countPending = async (): Promise<number> => {
      const { data } = await system.ask<{ orderTotals: readonly { status: string; count: number }[] }>(
        '{ orderTotals { status count } }',
      );
      return data.orderTotals.find(({ status }) => status === 'PENDING')?.count ?? 0;
    };
    expect(await until(async () => (await countPending()) === 0)).toBe(true);
  });
});
