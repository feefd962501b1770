import { explainCandidates, type DecisionRecord, type Method } from './allocation-record.ts';
import { chooseExactly, chooseGreedily, type Choice } from './candidate-sets.ts';
import { byCodeUnits } from './code-units.ts';
import { distanceMm, type Facility, type Place } from './geo.ts';
import { available, zones, type Level, type LevelKey } from './stock.ts';

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface Demand {
  readonly destination: Place & { readonly country: string };
  /** One line per SKU. */
  readonly lines: readonly Line[];
}

/** Units of one SKU from one facility and zone for one order. */
export interface Allocation extends LevelKey {
  readonly quantity: number;
}

export interface Shortage {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
}

export type AllocationOutcome =
  | {
      readonly kind: 'ALLOCATED';
      readonly allocations: readonly Allocation[];
      readonly decision: DecisionRecord;
    }
  | { readonly kind: 'SHORT'; readonly shortages: readonly Shortage[] };

export const policyVersion = '1';
export const maxExactCandidates = 12;

/**
 * Chooses the facilities that serve an order, whole or not at all. Rules in order, the first that tells two sets apart
 * decides: domestic first; fewest facilities; least distance in sum; facility ids by code units.
 * `levelsOf` gives a SKU's levels as they stand; `facilities` holds the facility of every one of them.
 */
export function allocate(
  demand: Demand,
  levelsOf: (sku: string) => readonly Level[],
  facilities: ReadonlyMap<string, Facility>,
): AllocationOutcome {
  const { lines, destination } = demand;
  const levels = lines.map(({ sku }) => levelsOf(sku).filter((level) => available(level) > 0));
  const shortages = findShortages(lines, levels);
  if (shortages.length > 0) return { kind: 'SHORT', shortages };

  const all = unitsByFacility(levels, facilities);
  const domestic = all.filter(({ facility }) => facility.country === destination.country);
  const isDomestic = servesTogether(domestic, lines);
  const candidates = (isDomestic ? domestic : all).map(({ facility, units }) => ({
    facility,
    units,
    distanceMm: isDomestic ? distanceMm(facility, destination) : facility.airportDistanceMm,
  }));
  const putOut = isDomestic ? all.filter(({ facility }) => facility.country !== destination.country) : [];

  const method: Method = candidates.length <= maxExactCandidates ? 'EXACT' : 'GREEDY';
  const quantities = lines.map(({ quantity }) => quantity);
  const choice = (method === 'EXACT' ? chooseExactly : chooseGreedily)(candidates, quantities);
  return {
    kind: 'ALLOCATED',
    allocations: split(lines, levels, choice),
    decision: {
      policyVersion,
      international: !isDomestic,
      method,
      candidates: [
        ...explainCandidates(candidates, choice, method),
        ...putOut.map(({ facility }) => ({
          facilityId: facility.id,
          chosen: false,
          distanceMm: distanceMm(facility, destination),
          because: `Domestic first: facilities in ${destination.country} serve the whole order, and this one is in ${facility.country}.`,
        })),
      ].sort((one, other) => byCodeUnits(one.facilityId, other.facilityId)),
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function findShortages(lines: readonly Line[], levels: readonly (readonly Level[])[]): Shortage[] {
  return lines.flatMap(({ sku, quantity }, line) => {
    const units = sum(levels[line]!.map(available));
    return units < quantity ? [{ sku, requested: quantity, available: units }] : [];
  });
}

/** Every facility with anything that is asked for, sorted by id, with its units of each line over both zones. */
function unitsByFacility(
  levels: readonly (readonly Level[])[],
  facilities: ReadonlyMap<string, Facility>,
): { readonly facility: Facility; readonly units: number[] }[] {
  const unitsById = new Map<string, number[]>();
  for (const [line, levelsOfLine] of levels.entries()) {
    for (const level of levelsOfLine) {
      let units = unitsById.get(level.facilityId);
      if (units === undefined) unitsById.set(level.facilityId, (units = levels.map(() => 0)));
      units[line]! += available(level);
    }
  }
  return Array.from(unitsById, ([id, units]) => ({ facility: facilityOf(id, facilities), units })).sort(
    (one, other) => byCodeUnits(one.facility.id, other.facility.id),
  );
}

function facilityOf(id: string, facilities: ReadonlyMap<string, Facility>): Facility {
  const facility = facilities.get(id);
  if (facility === undefined) throw new RangeError(`no facility ${id} was given, but a level of it`);
  return facility;
}

const servesTogether = (
  candidates: readonly { readonly units: readonly number[] }[],
  lines: readonly Line[],
): boolean =>
  lines.every(({ quantity }, line) => sum(candidates.map(({ units }) => units[line]!)) >= quantity);

/** Takes each SKU from the nearer facility first, then by id, and within a facility from PRIMARY before BACK. */
function split(lines: readonly Line[], levels: readonly (readonly Level[])[], choice: Choice): Allocation[] {
  const nearestFirst = choice.chosen.toSorted(
    (one, other) => one.distanceMm - other.distanceMm || byCodeUnits(one.facility.id, other.facility.id),
  );
  return lines.flatMap(({ sku, quantity }, line) => {
    let missing = quantity;
    const taken: Allocation[] = [];
    for (const { facility } of nearestFirst) {
      for (const zone of zones) {
        const level = levels[line]!.find((each) => each.facilityId === facility.id && each.zone === zone);
        const units = level === undefined ? 0 : Math.min(missing, available(level));
        if (units > 0) taken.push({ sku, facilityId: facility.id, zone, quantity: units });
        missing -= units;
      }
    }
    return taken;
  });
}
