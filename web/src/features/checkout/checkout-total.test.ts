import { describe, expect, it } from '@jest/globals';
import { checkoutTotal } from './checkout-total.ts';

const pounds = (amount: string) => ({ orderPrice: { amount, currencyCode: 'GBP' } });
const lines = [
  { sku: 'MUG', quantity: 3 },
  { sku: 'TEAPOT', quantity: 1 },
];

describe('the total of a cart', () => {
  it('is the sum of what its lines would be charged', () => {
    const bySku = new Map([
      ['MUG', pounds('0.10')],
      ['TEAPOT', pounds('24.00')],
    ]);
    expect(checkoutTotal(lines, bySku)).toEqual({ amount: '24.30', currencyCode: 'GBP' });
  });

  it('is not known while a price is not, or where there is none', () => {
    expect(checkoutTotal(lines, new Map([['MUG', pounds('8.00')]]))).toBeNull();
    const isUnknown = new Map([
      ['MUG', pounds('8.00')],
      ['TEAPOT', null],
    ]);
    expect(checkoutTotal(lines, isUnknown)).toBeNull();
    expect(checkoutTotal([], new Map())).toBeNull();
  });
});
