import { describe, expect, it } from '@jest/globals';
import { classify } from './classification.ts';
import type { TradeRow } from './trade-rows.ts';

const aRow = (parts: Partial<TradeRow>): TradeRow => ({
  line: 2,
  invoice: '536365',
  sku: '71053',
  name: 'LANTERN',
  quantity: 6,
  priceMicros: 3_390_000,
  customerId: null,
  country: 'EIRE',
  ...parts,
});

describe('classify', () => {
  it.each<[string, Partial<TradeRow>, string]>([
    ['goods sold', {}, 'order'],
    ['goods with a code of letters', { sku: 'DCGS0076' }, 'order'],
    ['goods returned', { invoice: 'C536379', quantity: -1 }, 'return'],
    ['postage', { sku: 'POST' }, 'postage and carriage'],
    ['carriage', { sku: 'C2' }, 'postage and carriage'],
    ['a manual entry in lower case', { sku: 'm' }, 'manual entry'],
    ['a discount on a credit note', { invoice: 'C1', sku: 'D', quantity: -1 }, 'discount'],
    ['a bank fee', { sku: 'BANK CHARGES' }, 'fee'],
    ['a voucher', { sku: 'gift_0001_40' }, 'gift voucher'],
    ['an adjusted debt', { invoice: 'A563186', sku: 'B', priceMicros: -1 }, 'adjustment'],
    ['a negative price', { priceMicros: -1 }, 'adjustment'],
    ['goods without a price', { priceMicros: 0 }, 'price 0'],
    ['no goods', { quantity: 0 }, 'quantity 0'],
    ['a write-off', { quantity: -4, priceMicros: 0 }, 'negative quantity without C'],
    ['a credit note that adds', { invoice: 'C1' }, 'positive quantity on a credit note'],
  ])('counts %s', (_, parts, expected) => {
    const found = classify(aRow(parts));
    expect(found.as === 'none' ? found.kind : found.as).toBe(expected);
  });
});
