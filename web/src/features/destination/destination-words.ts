import type { DestinationPrecision } from '../../graphql/schema.generated.ts';

interface NamedDestination {
  readonly country: string;
  readonly city: string | null;
  readonly postalCode: string | null;
}

const countryNames = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });

/** A country's name in the viewer's language. */
export const countryName = (code: string): string => countryNames.of(code) ?? code;

/** Bristol, BS1 4ST, United Kingdom. */
export const destinationName = ({ city, postalCode, country }: NamedDestination): string =>
  [city, postalCode, countryName(country)].filter(Boolean).join(', ');

/** How the place on the map was found. */
export const precisionWords: Readonly<Record<DestinationPrecision, string>> = {
  GIVEN: 'at the coordinates that were given',
  POSTAL_CODE: 'found by postal code',
  CITY: 'found by city',
  COUNTRY: 'the middle of the country',
};
