import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distanceMm, kilometres, nearestAirport } from './geo.ts';

const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('great-circle distance', () => {
  it('is a quarter of the mean circumference from the equator to a pole', () => {
    const quarterMm = Math.round((Math.PI / 2) * 6_371_008_800);
    expect(distanceMm({ latitude: 0, longitude: 17 }, { latitude: 90, longitude: -40 })).toBe(quarterMm);
  });

  it('is half the circumference between antipodes, though rounding makes the haversine pass 1', () => {
    const halfMm = Math.round(Math.PI * 6_371_008_800);
    expect(distanceMm({ latitude: 12.3, longitude: 45.6 }, { latitude: -12.3, longitude: -134.4 })).toBe(
      halfMm,
    );
  });

  it('puts London Heathrow and New York JFK 5,540 km apart', () => {
    const heathrow = { latitude: 51.4706, longitude: -0.461941 };
    const kennedy = { latitude: 40.639801, longitude: -73.7789 };
    expect(Math.round(kilometres(distanceMm(heathrow, kennedy)))).toBe(5540);
  });

  it('is a whole number, the same both ways, and nothing from a place to itself', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        const there = distanceMm(one, other);
        expect(Number.isSafeInteger(there)).toBe(true);
        expect(distanceMm(other, one)).toBe(there);
        expect(distanceMm(one, one)).toBe(0);
      }),
    );
  });
});

describe('nearest airport', () => {
  it('is the one that looking at every airport finds, of equally near ones the first by IATA code', () => {
    const airport = fc.record({
      latitude: fc.integer({ min: -3, max: 3 }),
      longitude: fc.integer({ min: -3, max: 3 }),
      iata: fc.string({ unit: fc.constantFrom('A', 'B', 'C'), minLength: 3, maxLength: 3 }),
      name: fc.constant('an airport'),
    });
    fc.assert(
      fc.property(place, fc.array(airport, { minLength: 1, maxLength: 30 }), (from, airports) => {
        const expected = airports
          .map((each) => ({ iata: each.iata, distanceMm: distanceMm(from, each) }))
          .sort((one, other) => one.distanceMm - other.distanceMm || (one.iata < other.iata ? -1 : 1))[0]!;
        const { airport: found, distanceMm: foundMm } = nearestAirport(from, airports);
        expect({ iata: found.iata, distanceMm: foundMm }).toEqual(expected);
      }),
    );
  });

  it('cannot be chosen from none', () => {
    expect(() => nearestAirport({ latitude: 0, longitude: 0 }, [])).toThrow(RangeError);
  });
});
