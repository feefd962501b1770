import { describe, expect, it } from '@jest/globals';
import { availableNow, withReadings, type AvailabilityReading } from './availability-readings.ts';

const mug = (available: number, availableVersion: number): AvailabilityReading => ({
  sku: 'MUG',
  available,
  availableVersion,
});

describe('readings of what is available', () => {
  it('are replaced by newer ones only', () => {
    const known = withReadings(new Map(), [mug(5, 3)]);
    expect(withReadings(known, [mug(9, 2)])).toBe(known);
    expect(withReadings(known, [mug(4, 4), mug(6, 2)]).get('MUG')).toEqual(mug(4, 4));
  });

  it('of a version are taken once', () => {
    const known = withReadings(new Map(), [mug(5, 3)]);
    expect(withReadings(known, [mug(5, 3)])).toBe(known);
  });

  it('do not make a product older than it was read', () => {
    const known = withReadings(new Map(), [mug(5, 3)]);
    expect(availableNow(known, mug(8, 2))).toBe(5);
    expect(availableNow(known, mug(2, 4))).toBe(2);
    expect(availableNow(new Map(), mug(2, 4))).toBe(2);
  });
});
