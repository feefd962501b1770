import { describe, expect, it } from '@jest/globals';
import { facilityPlaces } from './map-places.ts';

const aFacility = (id: string, onHand: number) => ({
  id,
  name: id,
  latitude: 0,
  longitude: 0,
  totals: { onHand },
});

describe('facilities on the map', () => {
  it('have areas in proportion to their stock', () => {
    const [large, small] = facilityPlaces([aFacility('small', 400), aFacility('large', 1_600)]);
    expect(large).toMatchObject({ id: 'large', radius: 16 });
    expect(small).toMatchObject({ id: 'small', radius: 8 });
  });

  it('are seen also when they hold nothing', () => {
    expect(facilityPlaces([aFacility('empty', 0)])[0]!.radius).toBe(4);
    expect(facilityPlaces([])).toEqual([]);
  });
});
