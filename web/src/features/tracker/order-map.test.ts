import { describe, expect, it } from '@jest/globals';
import { orderOnMap, sharesByFacility } from './order-map.ts';
import type { TrackedFacilityFragment, TrackedOrderFragment } from './tracked-order.generated.ts';

type Reservation = NonNullable<TrackedOrderFragment['reservation']>;

const destination: TrackedOrderFragment['destination'] = {
  country: 'IN',
  city: 'Pune',
  postalCode: null,
  latitude: 18.5,
  longitude: 73.9,
  precision: 'CITY',
};
const london = aFacility('london', 'LCY', 51.5);
const dublin = aFacility('dublin', 'DUB', 53.3);

describe('an order on the map', () => {
  it('is its destination until stock is tied', () => {
    const { places, arcs } = orderOnMap({ destination, reservation: null });
    expect(places.map(({ id, name }) => [id, name])).toEqual([['destination', 'Pune']]);
    expect(arcs).toEqual([]);
  });

  it('comes straight from the facilities when it is domestic', () => {
    const { places, arcs } = orderOnMap({ destination, reservation: aReservation(false) });
    expect(arcs.map(({ from, to, kind }) => [from.latitude, to.latitude, kind])).toEqual([
      [51.5, 18.5, 'ground'],
    ]);
    expect(places.filter(({ isAside }) => isAside).map(({ id }) => id)).toEqual(['dublin']);
  });

  it('comes by way of the nearest airport when it is international', () => {
    const { places, arcs } = orderOnMap({ destination, reservation: aReservation(true) });
    expect(arcs.map(({ from, to, kind }) => [from.latitude, to.latitude, kind])).toEqual([
      [51.5, 52.5, 'ground'],
      [52.5, 18.5, 'air'],
    ]);
    expect(places.filter(({ kind }) => kind === 'airport').map(({ id }) => id)).toEqual(['LCY']);
  });
});

describe('the shares of an order', () => {
  it('are summed by facility, the largest first', () => {
    const product = { sku: 'MUG', name: 'Mug' };
    const shares = sharesByFacility([
      { product, facility: dublin, zone: 'PRIMARY', quantity: 2 },
      { product, facility: london, zone: 'PRIMARY', quantity: 2 },
      { product, facility: london, zone: 'BACK', quantity: 1 },
    ]);
    expect(shares.map(({ facility, units }) => [facility.id, units])).toEqual([
      ['london', 3],
      ['dublin', 2],
    ]);
  });
});

function aFacility(id: string, iata: string, latitude: number): TrackedFacilityFragment {
  const nearestAirport = { iata, name: iata, latitude: latitude + 1, longitude: 1, distanceKm: 9 };
  return { id, name: id, country: 'GB', latitude, longitude: 0, nearestAirport };
}

function aReservation(international: boolean): Reservation {
  const candidate = { distanceKm: 9, because: 'Least distance' };
  return {
    status: 'HELD',
    decidedAt: '2026-11-01T10:00:00.000Z',
    expiresAt: null,
    allocations: [{ product: { sku: 'MUG', name: 'Mug' }, facility: london, zone: 'PRIMARY', quantity: 1 }],
    decision: {
      policyVersion: '1',
      international,
      method: 'EXACT',
      candidates: [
        { ...candidate, facility: london, chosen: true },
        { ...candidate, facility: dublin, chosen: false },
      ],
    },
  };
}
