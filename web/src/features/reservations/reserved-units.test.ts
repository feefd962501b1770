import { describe, expect, it } from '@jest/globals';
import { unitsOf } from './reserved-units.ts';

const allocations = [
  { product: { sku: 'MUG' }, facility: { id: 'london' }, quantity: 3 },
  { product: { sku: 'MUG' }, facility: { id: 'leeds' }, quantity: 4 },
  { product: { sku: 'CUP' }, facility: { id: 'london' }, quantity: 5 },
];

describe('reserved units', () => {
  it('count each facility once', () => {
    expect(unitsOf(allocations, null)).toEqual({ units: 12, facilities: 2 });
  });

  it('are those of one SKU when it is asked for', () => {
    expect(unitsOf(allocations, 'CUP')).toEqual({ units: 5, facilities: 1 });
    expect(unitsOf(allocations, 'JUG')).toEqual({ units: 0, facilities: 0 });
  });
});
