import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumMoney, timesMoney } from './money.ts';

const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

describe('Money', () => {
  it('is multiplied and summed without a float', () => {
    expect(timesMoney(gbp('0.10'), 3)).toEqual(gbp('0.30'));
    expect(timesMoney(gbp('90071992547409.93'), 1_000_000)).toEqual(gbp('90071992547409930000.00'));
    expect(sumMoney([gbp('0.10'), gbp('0.2'), gbp('5')])).toEqual(gbp('5.30'));
  });

  it('has no sum over nothing or over two currencies', () => {
    expect(sumMoney([])).toBeNull();
    expect(() => sumMoney([gbp('1'), { amount: '1', currencyCode: 'EUR' }])).toThrow('several currencies');
  });

  it('sums to the same pence whatever the order', () => {
    const pence = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(pence, (all) => {
        const amounts = all.map((each) => gbp((each / 100).toFixed(2)));
        const total = all.reduce((sum, each) => sum + BigInt(each), 0n);
        const written = `${total / 100n}.${String(total % 100n).padStart(2, '0')}`;
        expect(sumMoney(amounts)).toEqual(gbp(written));
        expect(sumMoney(amounts.toReversed())).toEqual(gbp(written));
      }),
    );
  });
});
