import { describe, expect, it } from '@jest/globals';
import { inPickingOrder, totalOf, withReadings, type Level } from './levels.ts';

const aLevel = (parts: Partial<Level> = {}): Level => ({
  sku: 'MUG',
  facilityId: 'london',
  zone: 'PRIMARY',
  version: 1,
  onHand: 10,
  reserved: 2,
  ...parts,
});

describe('levels', () => {
  it('take a reading with a higher version', () => {
    const levels = withReadings(new Map(), [aLevel(), aLevel({ version: 3, reserved: 5 })]);
    expect([...levels.values()]).toEqual([aLevel({ version: 3, reserved: 5 })]);
  });

  it('stay the same map when a reading is old or known', () => {
    const levels = withReadings(new Map(), [aLevel({ version: 3 })]);
    expect(withReadings(levels, [aLevel({ version: 2, onHand: 99 }), aLevel({ version: 3 })])).toBe(levels);
  });

  it('tell zones and facilities apart', () => {
    const readings = [aLevel(), aLevel({ zone: 'BACK' }), aLevel({ facilityId: 'leeds' })];
    expect(withReadings(new Map(), readings).size).toBe(3);
  });

  it('add up', () => {
    expect(totalOf([aLevel(), aLevel({ onHand: 5, reserved: 5 })])).toEqual({
      onHand: 15,
      reserved: 7,
      available: 8,
    });
  });

  it('stand by facility, PRIMARY before BACK', () => {
    const sorted = inPickingOrder([
      aLevel({ zone: 'BACK' }),
      aLevel({ facilityId: 'leeds', zone: 'BACK' }),
      aLevel(),
      aLevel({ facilityId: 'leeds' }),
    ]);
    expect(sorted.map(({ facilityId, zone }) => `${facilityId} ${zone}`)).toEqual([
      'leeds PRIMARY',
      'leeds BACK',
      'london PRIMARY',
      'london BACK',
    ]);
  });
});
