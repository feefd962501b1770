import { invalidInput, textProblem, type Problem } from '@holdfast/service';
import type { Destination } from '../domain/placing.ts';
import type { Places } from './places.ts';

type Optional<Value> = Value | null | undefined;

/** Where a client wants an order to go; coordinates, if given, decide. */
export interface DestinationInput {
  readonly country: string;
  readonly city?: Optional<string>;
  readonly postalCode?: Optional<string>;
  readonly latitude?: Optional<number>;
  readonly longitude?: Optional<number>;
}

/** The destination that an input names, or everything that is wrong with it, with paths that begin at the input. */
export function findDestination(
  places: Places,
  input: DestinationInput,
): Destination | { readonly problems: readonly Problem[] } {
  const { country } = input;
  const city = input.city ?? null;
  const postalCode = input.postalCode ?? null;
  const latitude = input.latitude ?? null;
  const longitude = input.longitude ?? null;
  const problems = [
    places.isCountry(country)
      ? null
      : invalidInput('country is no ISO 3166-1 alpha-2 code, such as GB', ['country']),
    city === null ? null : textProblem(city, ['city']),
    postalCode === null ? null : textProblem(postalCode, ['postalCode']),
    rangeProblem(latitude, 90, 'latitude'),
    rangeProblem(longitude, 180, 'longitude'),
    latitude !== null && longitude === null
      ? invalidInput('latitude is given without longitude; give both or neither', ['longitude'])
      : null,
    latitude === null && longitude !== null
      ? invalidInput('longitude is given without latitude; give both or neither', ['latitude'])
      : null,
  ].filter((problem) => problem !== null);
  if (problems.length > 0) return { problems };

  if (latitude !== null && longitude !== null)
    return { country, city, postalCode, latitude, longitude, precision: 'GIVEN' };
  const place = places.find({ country, city, postalCode });
  if (!('unknown' in place)) return { country, city, postalCode, ...place };
  const { unknown } = place;
  return {
    problems: [invalidInput(`No ${unknown} of that name is known; coordinates would help`, [unknown])],
  };
}

const rangeProblem = (value: number | null, bound: number, name: string): Problem | null =>
  value === null || Math.abs(value) <= bound
    ? null
    : invalidInput(`${name} is ${value}; allowed: -${bound} to ${bound}`, [name]);
