import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Coordinates } from './cities.ts';

/** Every country of ISO 3166-1, by its alpha-2 code, with its centre. */
export type Countries = ReadonlyMap<string, Coordinates>;

interface CountryEntry {
  readonly cca2: string;
  readonly latlng: readonly [number, number];
}

/** From npm world-countries (Open Database License 1.0), which has all 249 codes and Kosovo's user-assigned XK. */
export function loadCountries(): Countries {
  const file = fileURLToPath(import.meta.resolve('world-countries/countries.json'));
  const entries = JSON.parse(readFileSync(file, 'utf8')) as readonly CountryEntry[];
  return new Map(entries.map(({ cca2, latlng: [latitude, longitude] }) => [cca2, { latitude, longitude }]));
}
