import { describe, expect, it } from '@jest/globals';
import { Latencies, PerSecond } from './latencies.ts';

describe('latencies', () => {
  it('have percentiles by nearest rank', () => {
    const latencies = new Latencies(1_000);
    for (let ms = 100; ms >= 1; ms -= 1) latencies.add(ms);
    expect(latencies.percentiles([0.5, 0.99, 1])).toEqual([50, 99, 100]);
  });

  it('have the slowest as p99 while there are few', () => {
    const latencies = new Latencies(10);
    for (const ms of [5, 1, 900]) latencies.add(ms);
    expect(latencies.percentiles([0.5, 0.99])).toEqual([5, 900]);
  });

  it('have none before the first, and forget the oldest', () => {
    const latencies = new Latencies(3);
    expect(latencies.percentiles([0.5])).toEqual([null]);
    for (const ms of [1_000, 1, 2, 3]) latencies.add(ms);
    expect(latencies.percentiles([1])).toEqual([3]);
  });
});

describe('a rate', () => {
  it('is that of the last whole seconds', () => {
    const counts = new PerSecond(5);
    for (let ms = 0; ms < 10_000; ms += 100) counts.add(ms);
    expect(counts.rate(10_050)).toBe(10);
    expect(counts.rate(12_050)).toBe(6);
    expect(counts.rate(20_000)).toBe(0);
  });

  it('is unknown before a whole second is over', () => {
    const counts = new PerSecond(5);
    expect(counts.rate(0)).toBeNull();
    counts.add(100);
    expect(counts.rate(900)).toBeNull();
    expect(counts.rate(1_000)).toBe(1);
  });
});
