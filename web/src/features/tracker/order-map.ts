import { countryName } from '../destination/destination-words.ts';
import type { MapArc, MapPlace } from '../map/world-map.tsx';
import type { TrackedFacilityFragment, TrackedOrderFragment } from './tracked-order.generated.ts';

type Reservation = NonNullable<TrackedOrderFragment['reservation']>;
type Allocation = Reservation['allocations'][number];

export interface FacilityShare {
  readonly facility: TrackedFacilityFragment;
  readonly units: number;
  readonly allocations: readonly Allocation[];
}

/** What each facility gives to an order, most units first. */
export function sharesByFacility(allocations: readonly Allocation[]): readonly FacilityShare[] {
  const byId = Map.groupBy(allocations, ({ facility }) => facility.id);
  return [...byId.values()]
    .map((own) => ({
      facility: own[0]!.facility,
      units: own.reduce((sum, { quantity }) => sum + quantity, 0),
      allocations: own,
    }))
    .sort((one, other) => other.units - one.units);
}

type Mapped = Pick<TrackedOrderFragment, 'destination' | 'reservation'>;

/** Where an order goes, and from where: by way of each facility's nearest airport when it is international. */
export function orderOnMap({ destination, reservation }: Mapped): {
  readonly places: readonly MapPlace[];
  readonly arcs: readonly MapArc[];
} {
  const { latitude, longitude, city, country } = destination;
  const goal: MapPlace = {
    id: 'destination',
    kind: 'destination',
    name: city ?? countryName(country),
    latitude,
    longitude,
  };
  if (reservation === null) return { places: [goal], arcs: [] };
  const chosen = sharesByFacility(reservation.allocations).map(({ facility }) => facility);
  const isChosen = new Set(chosen.map(({ id }) => id));
  const others = reservation.decision.candidates
    .map(({ facility }) => facility)
    .filter(({ id }) => !isChosen.has(id));
  const facilityPlace = (facility: TrackedFacilityFragment): MapPlace => ({ ...facility, kind: 'facility' });
  const isByAir = reservation.decision.international;
  return {
    places: [
      goal,
      ...others.map((facility) => ({ ...facilityPlace(facility), isAside: true, radius: 3 })),
      ...chosen.map(facilityPlace),
      ...(isByAir ? airportsOf(chosen) : []),
    ],
    arcs: chosen.flatMap((facility): readonly MapArc[] =>
      isByAir
        ? [
            { from: facility, to: facility.nearestAirport, kind: 'ground' },
            { from: facility.nearestAirport, to: goal, kind: 'air' },
          ]
        : [{ from: facility, to: goal, kind: 'ground' }],
    ),
  };
}

function airportsOf(facilities: readonly TrackedFacilityFragment[]): readonly MapPlace[] {
  const byIata = new Map(facilities.map(({ nearestAirport }) => [nearestAirport.iata, nearestAirport]));
  return [...byIata.values()].map(({ iata, latitude, longitude }) => ({
    id: iata,
    name: iata,
    latitude,
    longitude,
    kind: 'airport',
    radius: 3,
  }));
}
