import { commandTransaction, type Database } from '@holdfast/messaging';
import { invalidInput, textProblem, type Problem } from '@holdfast/service';
import { nearestAirport, type Airport } from '../domain/geo.ts';
import { upsertFacilityRows, type StoredFacility } from '../store/facilities.ts';
import { maxInputRows, refused, type StockResult } from './stock-result.ts';

export interface FacilityInput {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** What the world looks like to facilities. */
export interface Atlas {
  /** ISO 3166-1 alpha-2. */
  readonly countries: ReadonlySet<string>;
  readonly airports: readonly Airport[];
}

/** Creates or replaces facilities, all or none, each with its nearest airport. Reservations made before stay as they are. */
export async function upsertFacilities(
  database: Database,
  atlas: Atlas,
  input: readonly FacilityInput[],
): Promise<StockResult> {
  if (input.length > maxInputRows) {
    return refused([invalidInput(`${input.length} facilities; allowed: at most ${maxInputRows}`, [])]);
  }
  const problems = input.flatMap((facility, index) => facilityProblems(facility, index, atlas));
  problems.push(...repeatedIds(input));
  if (problems.length > 0) return refused(problems);

  const facilities = input.map((facility): StoredFacility => {
    const { airport, distanceMm } = nearestAirport(facility, atlas.airports);
    return { ...facility, airport, airportDistanceMm: distanceMm };
  });
  const changed = await commandTransaction(database, (tx) => upsertFacilityRows(tx, facilities));
  return { changed, levels: [], problems: [] };
}

function facilityProblems(facility: FacilityInput, index: number, { countries }: Atlas): Problem[] {
  const { id, name, country, latitude, longitude } = facility;
  return [
    textProblem(id, [index, 'id'], { min: 1 }),
    textProblem(name, [index, 'name'], { min: 1, max: 500 }),
    countries.has(country)
      ? null
      : invalidInput(`country is "${country.slice(0, 20)}"; allowed: an ISO 3166-1 alpha-2 code such as GB`, [
          index,
          'country',
        ]),
    rangeProblem(latitude, 90, [index, 'latitude']),
    rangeProblem(longitude, 180, [index, 'longitude']),
  ].filter((problem) => problem !== null);
}

function rangeProblem(degrees: number, limit: number, path: readonly (string | number)[]): Problem | null {
  return Math.abs(degrees) <= limit
    ? null
    : invalidInput(`${path.at(-1)} is ${degrees}; allowed: -${limit} to ${limit}`, path);
}

function repeatedIds(input: readonly FacilityInput[]): Problem[] {
  const seen = new Set<string>();
  return input.flatMap(({ id }, index) => {
    if (seen.has(id)) return [invalidInput(`id is given more than once`, [index, 'id'])];
    seen.add(id);
    return [];
  });
}
