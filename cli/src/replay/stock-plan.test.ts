import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { facilities, stockOf, stockPlaces } from './stock-plan.ts';

describe('stockOf', () => {
  it('lays out exactly the rounded share of the demand, whatever the demand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (demand, share) => {
          const lines = stockOf('A', demand, share);
          expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
            Math.floor(demand * share + 0.5),
          );
          for (const { quantity } of lines) expect(quantity).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('gives each place its percentage within one unit', () => {
    const lines = stockOf('A', 1_111, 0.9);
    for (const { facilityId, zone, percent } of stockPlaces) {
      const line = lines.find((candidate) => candidate.facilityId === facilityId && candidate.zone === zone);
      expect(Math.abs((line?.quantity ?? 0) - (1_000 * percent) / 100)).toBeLessThanOrEqual(1);
    }
  });

  it('puts a single unit in the first place', () => {
    expect(stockOf('A', 1, 0.9)).toEqual([
      { facilityId: 'leicester', zone: 'PRIMARY', sku: 'A', quantity: 1 },
    ]);
  });

  it('holds no more than a level can', () => {
    expect(stockOf('A', 1e15, 1).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(1_000_000_000);
  });

  it('uses every facility, and percentages that add up to 100', () => {
    expect(new Set(stockPlaces.map(({ facilityId }) => facilityId))).toEqual(
      new Set(facilities.map(({ id }) => id)),
    );
    expect(stockPlaces.reduce((sum, { percent }) => sum + percent, 0)).toBe(100);
  });
});
