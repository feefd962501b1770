import type { OrderDraft, PriceList } from './placing.ts';

/** Two units of A and one of B for customer `ada`, to London. */
export const aDraft = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
  customerId: 'ada',
  reference: null,
  destination: {
    country: 'GB',
    city: 'London',
    postalCode: null,
    latitude: 51.50853,
    longitude: -0.12574,
    precision: 'CITY',
  },
  expectedTotal: null,
  lines: [
    { sku: 'A', quantity: 2, position: 0 },
    { sku: 'B', quantity: 1, position: 1 },
  ],
  ...changes,
});

/** A costs 2.50 and B 2.00. */
export const aPriceList = (): PriceList => ({
  currencyCode: 'GBP',
  unitPriceMinor: new Map([
    ['A', 250n],
    ['B', 200n],
  ]),
});
