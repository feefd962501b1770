import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maxUnitsPerLevel, StockBook, type Level, type Zone } from './stock.ts';

const aLevel = (sku: string, zone: Zone, onHand: number): Level => ({
  sku,
  facilityId: 'f',
  zone,
  onHand,
  reserved: 0,
  version: 3,
});
const aChange = (onHandChange: number, reservedChange: number) => ({
  kind: 'ADJUSTED' as const,
  orderId: null,
  reason: null,
  onHandChange,
  reservedChange,
});

describe('a stock book', () => {
  it('never lets reserved fall below nothing or rise above on hand, nor a level above its limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }))),
        (changes) => {
          const book = new StockBook([aLevel('A', 'PRIMARY', 10)]);
          for (const [onHand, reserved] of changes) {
            const before = book.levelsOf('A');
            const refusal = book.move(aLevel('A', 'PRIMARY', 0), aChange(onHand, reserved));
            if (refusal !== null) expect(book.levelsOf('A')).toEqual(before);
          }
          const level = book.levelsOf('A')[0]!;
          expect(level.reserved).toBeGreaterThanOrEqual(0);
          expect(level.onHand).toBeGreaterThanOrEqual(level.reserved);
          const moved = book.movements.reduce((total, { onHandChange }) => total + onHandChange, 10);
          expect(level.onHand).toBe(moved);
          expect(level.version).toBe(3 + book.movements.length);
          if (book.movements.length > 0) expect(book.movements.at(-1)!.after).toEqual(level);
        },
      ),
    );
  });

  it('refuses a level that it was not given, and one unit above the limit', () => {
    const book = new StockBook([aLevel('A', 'PRIMARY', maxUnitsPerLevel)]);
    expect(book.move(aLevel('A', 'BACK', 0), aChange(1, 0))).toBe('UNKNOWN_LEVEL');
    expect(book.move(aLevel('A', 'PRIMARY', 0), aChange(1, 0))).toBe('ABOVE_LEVEL_LIMIT');
    expect(book.changedLevels()).toEqual([]);
  });
});
