import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMinorUnits, toMinorUnits } from './money.ts';

describe('money', () => {
  it('has as many digits as its currency', () => {
    expect(toMinorUnits('12.5', 'GBP')).toBe(1250n);
    expect(toMinorUnits('12.505', 'GBP')).toBeNull();
    expect(toMinorUnits('12.5', 'JPY')).toBeNull();
    expect(toMinorUnits('-0.01', 'GBP')).toBe(-1n);
    expect(toMinorUnits('1e3', 'GBP')).toBeNull();
    expect(fromMinorUnits(5n, 'GBP')).toBe('0.05');
    expect(fromMinorUnits(-5n, 'GBP')).toBe('-0.05');
    expect(fromMinorUnits(500n, 'JPY')).toBe('500');
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.constantFrom('GBP', 'JPY', 'KWD'),
        (units, currency) => toMinorUnits(fromMinorUnits(units, currency), currency) === units,
      ),
    );
  });
});
