import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Coordinates } from './cities.ts';

/** A country by its ISO 3166-1 alpha-2 code, with its centre. */
export interface Country extends Coordinates {
  readonly code: string;
}

/** Every country of ISO 3166-1, by its alpha-2 code and in the order of the codes, with its centre. */
export type Countries = ReadonlyMap<string, Coordinates>;

interface CountryEntry {
  readonly cca2: string;
  readonly latlng: readonly [number, number];
}

/** From npm world-countries (Open Database License 1.0), which has all 249 codes and Kosovo's user-assigned XK. */
export function loadCountries(): Countries {
  const file = fileURLToPath(import.meta.resolve('world-countries/countries.json'));
  const entries = JSON.parse(readFileSync(file, 'utf8')) as readonly CountryEntry[];
  const byCode = entries.toSorted((one, other) => (one.cca2 < other.cca2 ? -1 : 1));
  return new Map(byCode.map(({ cca2, latlng: [latitude, longitude] }) => [cca2, { latitude, longitude }]));
}
