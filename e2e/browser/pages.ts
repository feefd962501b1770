import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Trade } from './trade.ts';

/** A page of the web client, in a state that can be looked at. */
export interface ShownPage {
  readonly name: string;
  /** Opens it and waits until it is whole. */
  readonly open: (page: Page, systemUrl: string) => Promise<void>;
}

interface PageState {
  readonly path: string;
  /** Text that shows that the page is whole. */
  readonly shows: string | RegExp;
  readonly cart?: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Every page over a system that was filled with trade. */
export const pagesOf = (trade: Trade): readonly ShownPage[] =>
  Object.entries(states(trade)).map(([name, state]) => ({
    name,
    open: (page, systemUrl) => open(page, systemUrl, state),
  }));

const states = ({ orders, skus }: Trade): Readonly<Record<string, PageState>> => ({
  shop: { path: '/', shows: /available/ },
  'shop-nothing-found': { path: '/?q=nothing-like-it', shows: /Nothing is called/ },
  checkout: {
    path: '/checkout',
    shows: /found by|the middle of the country/,
    cart: skus.slice(0, 3).map((sku, place) => ({ sku, quantity: place + 1 })),
  },
  'checkout-empty': { path: '/checkout', shows: 'Your cart is empty' },
  'tracker-split': { path: `/orders/${orders.split}`, shows: 'Reserved' },
  'tracker-international': { path: `/orders/${orders.international}`, shows: 'Reserved' },
  'tracker-rejected': { path: `/orders/${orders.rejected}`, shows: 'Rejected' },
  'tracker-cancelled': { path: `/orders/${orders.cancelled}`, shows: 'Cancelled' },
  'tracker-unknown': { path: `/orders/${randomUUID()}`, shows: 'No such order' },
  'my-orders': { path: '/orders', shows: 'Reserved' },
  'no-page': { path: '/no/such/page', shows: 'There is no page at this address' },
  'console-orders': { path: '/console/orders', shows: 'Reserved' },
  'console-order': { path: `/console/orders/${orders.split}`, shows: 'StockReserved' },
  'console-stock': { path: '/console/inventory', shows: 'MUG-BLUE' },
  'console-product': { path: '/console/inventory/MUG-BLUE', shows: 'Dublin' },
  'console-facilities': { path: '/console/facilities', shows: 'Rotterdam' },
  'console-facility': { path: '/console/facilities/london', shows: 'MUG-BLUE' },
  'console-reservations': { path: '/console/reservations', shows: 'Held' },
  'console-events': { path: '/console/events', shows: 'inventory-orders' },
  'console-demo': { path: '/console/demo', shows: /orders a second/i },
  'console-graphiql': { path: '/console/graphiql', shows: 'GraphiQL' },
});

async function open(page: Page, systemUrl: string, { path, shows, cart }: PageState): Promise<void> {
  if (cart !== undefined) {
    const stored = JSON.stringify({ idempotencyKey: randomUUID(), lines: cart });
    await page.addInitScript((text) => sessionStorage.setItem('holdfast-cart', text), stored);
  }
  await page.goto(new URL(path, systemUrl).href);
  await page.getByRole('main').getByText(shows).filter({ visible: true }).first().waitFor();
  await page.locator('[aria-label^="Loading"]').first().waitFor({ state: 'detached' });
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
