import { describe, expect, it } from '@jest/globals';
import { amountOf } from './catalogue.ts';
import { chunksOf } from './chunks.ts';
import { replayOptions, UsageError } from './options.ts';
import { lowerMedian } from './sku-statistics.ts';
import { percentile } from './summary.ts';

describe('replayOptions', () => {
  it('has defaults for everything but the files', () => {
    expect(replayOptions(['a.csv', 'b.csv'])).toEqual({
      files: ['a.csv', 'b.csv'],
      stockShare: 0.9,
      ratePerSecond: null,
      concurrency: 16,
      waitMs: 300_000,
      isStrict: false,
    });
  });

  it.each([
    [[]],
    [['--stock', 'x', 'a']],
    [['--rate', '0', 'a']],
    [['--concurrency', '-1', 'a']],
    [['--wait', '', 'a']],
    [['--nonsense', 'a']],
  ])('refuses %j', (args) => {
    expect(() => replayOptions(args)).toThrow(UsageError);
  });
});

describe('amountOf', () => {
  it.each([
    [2_550_000, 'GBP', '2.55'],
    [1_000, 'GBP', '0.01'],
    [125_000, 'GBP', '0.13'],
    [2_550_000, 'JPY', '3'],
    [38_970_000_000, 'GBP', '38970.00'],
  ])('writes %d millionths of %s as %s', (micros, currency, amount) => {
    expect(amountOf(micros, currency)).toBe(amount);
  });
});

describe('chunksOf', () => {
  it('cuts by number and by bytes and loses nothing', () => {
    expect([...chunksOf(['a', 'b', 'c'], 2, 100)]).toEqual([['a', 'b'], ['c']]);
    expect([...chunksOf(['aaaa', 'b', 'c'], 10, 8)]).toEqual([['aaaa'], ['b', 'c']]);
    expect([...chunksOf([], 2, 100)]).toEqual([]);
  });
});

describe('lowerMedian and percentile', () => {
  it('gives the lower of the two in the middle', () => {
    expect(
      lowerMedian(
        new Map([
          [4, 1],
          [1, 1],
          [3, 1],
          [2, 1],
        ]),
      ),
    ).toBe(2);
    expect(
      lowerMedian(
        new Map([
          [5, 3],
          [1, 2],
        ]),
      ),
    ).toBe(5);
  });

  it('gives the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([percentile(values, 50), percentile(values, 99), percentile([7], 99)]).toEqual([100, 198, 7]);
  });
});
