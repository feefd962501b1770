/** A point on Earth, in decimal degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Airport extends Place {
  readonly iata: string;
  readonly name: string;
}

export interface Facility extends Place {
  readonly id: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Great-circle distance to its own nearest airport. */
  readonly airportDistanceMm: number;
}

/** Mean Earth radius of the IUGG, 6,371.0088 km, in millimetres. */
const earthRadiusMm = 6_371_008_800;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance by haversine on a sphere, in whole millimetres, so that sums are exact. */
export function distanceMm(from: Place, to: Place): number {
  const halfLatitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const halfLongitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const haversine =
    halfLatitude * halfLatitude +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * halfLongitude * halfLongitude;
  return Math.round(2 * earthRadiusMm * Math.asin(Math.min(1, Math.sqrt(haversine))));
}

export const kilometres = (millimetres: number): number => millimetres / 1_000_000;

/** The airport nearest to a place, in any country; of two equally near the one whose IATA code comes first. */
export function nearestAirport(
  place: Place,
  airports: readonly Airport[],
): { readonly airport: Airport; readonly distanceMm: number } {
  let nearest: Airport | undefined;
  let leastMm = Infinity;
  for (const airport of airports) {
    if (latitudeGapMm(place, airport) > leastMm) continue;
    const airportMm = distanceMm(place, airport);
    const isEarlier = airportMm === leastMm && nearest !== undefined && airport.iata < nearest.iata;
    if (airportMm < leastMm || isEarlier) [nearest, leastMm] = [airport, airportMm];
  }
  if (nearest === undefined) throw new RangeError('there is no airport to choose from');
  return { airport: nearest, distanceMm: leastMm };
}

/** No route between two latitudes is shorter; less one millimetre, since distances are rounded. */
const latitudeGapMm = (one: Place, other: Place): number =>
  earthRadiusMm * radians(Math.abs(one.latitude - other.latitude)) - 1;
