import { describe, expect, it } from '@jest/globals';
import { linePath, withReading } from './readings.ts';

describe('readings over time', () => {
  it('keep the latest ones', () => {
    expect(withReading([1, 2, 3], 4, 3)).toEqual([2, 3, 4]);
  });

  it('make a line that ends at the right and reaches the top at the highest', () => {
    expect(linePath([0, 10, 5], 5, { width: 40, height: 12 })).toBe('M20 11L30 1L40 6');
  });

  it('make no line of nothing', () => {
    expect(linePath([7], 5, { width: 40, height: 12 })).toBeNull();
    expect(linePath([0, 0, 0], 5, { width: 40, height: 12 })).toBeNull();
  });
});
