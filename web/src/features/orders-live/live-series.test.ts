import { describe, expect, it } from '@jest/globals';
import { LiveSeries, seriesSeconds } from './live-series.ts';
import { aChange } from './order-rows.testing.ts';
import type { OrderChange } from './order-row.ts';
import { percentile } from './percentile.ts';

const start = 1_000_000_000;
const placed = (ms: number): OrderChange => aChange(ms, 'PENDING', 1, null);
const decided = (ms: number, afterMs: number): OrderChange => ({
  ...aChange(ms, 'RESERVED', 2, 'PENDING'),
  occurredAt: new Date(ms + 1 + afterMs).toISOString(),
});
const aSeries = (): LiveSeries => {
  const series = new LiveSeries(start);
  series.listen(true, start);
  return series;
};

describe('live series', () => {
  it('count what was placed and decided in each second, and how long it took', () => {
    const series = aSeries();
    for (const ms of [1, 2, 3]) series.add(placed(start + ms), start + 1_000);
    series.add(decided(start + 1, 40), start + 1_100);
    series.add(decided(start + 2, 90), start + 2_000);
    const { placed: placedOf, decided: decidedOf, p50, p99, seconds } = series.figures(start + 3_000);
    expect(seconds.slice(-2)).toEqual([1_000_001, 1_000_002]);
    expect(placedOf.slice(-2)).toEqual([3, 0]);
    expect(decidedOf.slice(-2)).toEqual([1, 1]);
    expect(p50.slice(-2)).toEqual([40, 40]);
    expect(p99.slice(-2)).toEqual([40, 90]);
  });

  it('count nothing twice, in whichever order it comes', () => {
    const series = aSeries();
    for (const change of [decided(start, 25), placed(start), placed(start), decided(start, 25)])
      series.add(change, start + 1_500);
    const figures = series.figures(start + 2_000);
    expect(figures.placed.at(-1)).toBe(1);
    expect(figures.decided.at(-1)).toBe(1);
    expect(figures.p99.at(-1)).toBe(25);
  });

  it('have a gap where nobody listened, and of the time before', () => {
    const series = aSeries();
    series.listen(false, start + 2_500);
    series.listen(true, start + 3_500);
    const { placed: counts } = series.figures(start + 6_000);
    expect(counts.slice(-6)).toEqual([null, 0, null, null, 0, 0]);
    expect(counts[0]).toBeNull();
  });

  it('stay as long as they are, also after a sleep', () => {
    const series = aSeries();
    series.add(placed(start + 1), start + 1_000);
    const { seconds, placed: counts } = series.figures(start + 10_000_000);
    expect(seconds).toHaveLength(seriesSeconds);
    expect(counts.every((count) => count === 0)).toBe(true);
  });
});

describe('percentile', () => {
  it('is the value at the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, place) => place + 1);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNull();
  });
});
