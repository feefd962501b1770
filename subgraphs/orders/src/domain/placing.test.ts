import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maxTotalMinor, priceDraft } from './placing.ts';
import { aDraft, aPriceList } from './testing.ts';

describe('Pricing a draft', () => {
  it('names every line whose SKU has no price', () => {
    const lines = [
      { sku: 'A', quantity: 1, position: 0 },
      { sku: 'X', quantity: 1, position: 3 },
      { sku: 'Y', quantity: 1, position: 4 },
    ];
    expect(priceDraft(aDraft({ lines }), aPriceList())).toEqual({
      code: 'UNKNOWN_SKU',
      lines: lines.slice(1),
    });
  });

  it('accepts the expected total when it is the one charged, and says the true one otherwise', () => {
    const expecting = (amountMinor: bigint, currencyCode = 'GBP') =>
      priceDraft(aDraft({ expectedTotal: { amountMinor, currencyCode } }), aPriceList());
    expect(expecting(700n)).toMatchObject({ total: { amountMinor: 700n, currencyCode: 'GBP' } });
    const changed = { code: 'PRICE_CHANGED', total: { amountMinor: 700n, currencyCode: 'GBP' } };
    expect(expecting(699n)).toEqual(changed);
    expect(expecting(700n, 'EUR')).toEqual(changed);
  });

  it('sums without rounding, for any quantities and prices', () => {
    const lines = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 1e6 }), price: fc.bigInt(0n, 10n ** 5n) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(lines, (asked) => {
        const order = priceDraft(
          aDraft({
            lines: asked.map(({ quantity }, position) => ({ sku: `S${position}`, quantity, position })),
          }),
          {
            currencyCode: 'GBP',
            unitPriceMinor: new Map(asked.map(({ price }, position) => [`S${position}`, price])),
          },
        );
        const total = asked.reduce((sum, { quantity, price }) => sum + BigInt(quantity) * price, 0n);
        expect(order).toMatchObject({ total: { amountMinor: total } });
      }),
    );
  });

  it('refuses a total that no order may have', () => {
    const prices = { currencyCode: 'GBP', unitPriceMinor: new Map([['A', maxTotalMinor]]) };
    const lines = [{ sku: 'A', quantity: 2, position: 0 }];
    expect(priceDraft(aDraft({ lines }), prices)).toEqual({ code: 'TOTAL_TOO_LARGE' });
  });
});
