import type { MapPlace } from '../map/world-map.tsx';

interface StockedFacility {
  readonly id: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly totals: { readonly onHand: number };
}

const LEAST_RADIUS = 4;
const LARGEST_RADIUS = 16;

/** Facilities as marks whose area, not whose radius, is in proportion to the units on hand; the largest come first. */
export function facilityPlaces(facilities: readonly StockedFacility[]): MapPlace[] {
  const most = Math.max(...facilities.map(({ totals }) => totals.onHand), 1);
  return [...facilities]
    .sort((one, other) => other.totals.onHand - one.totals.onHand)
    .map(({ id, name, latitude, longitude, totals }) => ({
      id,
      name,
      latitude,
      longitude,
      kind: 'facility',
      radius: Math.max(LEAST_RADIUS, LARGEST_RADIUS * Math.sqrt(totals.onHand / most)),
    }));
}
