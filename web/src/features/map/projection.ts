import { geoDistance, geoMercator, geoNaturalEarth1, type GeoProjection } from 'd3-geo';

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Places closer together than this (in radians, about 600 km) are shown with what lies around them. */
const LEAST_SPAN = 0.095;
/** Places farther apart than this (about 9,000 km) are shown on the whole world. */
const WORLD_SPAN = 1.4;

const pointOf = ({ longitude, latitude }: Position): [number, number] => [longitude, latitude];

/** Whether places lie so far apart that only a map of the world shows them all. */
export const isWorldwide = (places: readonly Position[]): boolean =>
  places.length === 0 || spanOf(places) > WORLD_SPAN;

/** A projection that shows all the places with some room around them; of no place, or of far ones, the whole world. */
export function projectionFor(places: readonly Position[], { width, height }: Size): GeoProjection {
  if (isWorldwide(places)) {
    return geoNaturalEarth1().fitExtent(
      [
        [4, 4],
        [width - 4, height - 4],
      ],
      { type: 'Sphere' },
    );
  }
  const middle = middleOf(places);
  const padding = Math.min(56, width / 6, height / 6);
  const projection = geoMercator().rotate([-middle.longitude, 0]);
  const spread = Math.max(LEAST_SPAN, spanOf(places)) * (90 / Math.PI);
  const around: [number, number][] = [
    [middle.longitude, clampLatitude(middle.latitude - spread * 0.6)],
    [middle.longitude, clampLatitude(middle.latitude + spread * 0.6)],
    ...places.map(pointOf),
  ];
  return projection
    .fitExtent(
      [
        [padding, padding],
        [width - padding, height - padding],
      ],
      { type: 'MultiPoint', coordinates: around },
    )
    .clipExtent([
      [-40, -40],
      [width + 40, height + 40],
    ]);
}

const clampLatitude = (latitude: number): number => Math.max(-82, Math.min(82, latitude));

/** The largest distance of two places, in radians; for more than a few, from the first one. */
function spanOf(places: readonly Position[]): number {
  const points = places.map(pointOf);
  const from = points.length > 40 ? points.slice(0, 1) : points;
  return from.reduce(
    (span, one) => points.reduce((widest, other) => Math.max(widest, geoDistance(one, other)), span),
    0,
  );
}

/** The middle of places on the sphere, so that both sides of the date line count as near. */
function middleOf(places: readonly Position[]): Position {
  const sum = places.reduce(
    ([x, y, z], { latitude, longitude }) => {
      const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
      return [
        x + Math.cos(phi) * Math.cos(lambda),
        y + Math.cos(phi) * Math.sin(lambda),
        z + Math.sin(phi),
      ] as const;
    },
    [0, 0, 0] as readonly [number, number, number],
  );
  const [x, y, z] = sum;
  return {
    latitude: (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI,
    longitude: (Math.atan2(y, x) * 180) / Math.PI,
  };
}
