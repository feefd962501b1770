import { loadCities, type Coordinates } from './cities.ts';
import { loadCountries, type Country } from './countries.ts';
import { loadPostalCodes } from './postal-codes.ts';

/** A destination as a client may name it, without coordinates. */
export interface PlaceName {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly city: string | null;
  readonly postalCode: string | null;
}

export type FoundPlace =
  | (Coordinates & { readonly precision: 'POSTAL_CODE' | 'CITY' | 'COUNTRY' })
  | { readonly unknown: 'country' | 'city' };

/** Where places are, offline. */
export interface Places {
  /** Every country that can be a destination, by code. */
  readonly countries: readonly Country[];
  isCountry(country: string): boolean;
  /** By postal code where there is data; else by city, which must then exist; else the country's centre. */
  find(place: PlaceName): FoundPlace;
}

/** Reads the tables of places, once a process. */
export function loadPlaces(): Places {
  const countries = loadCountries();
  const postalCodes = loadPostalCodes();
  const cities = loadCities();
  return {
    countries: Array.from(countries, ([code, centre]) => ({ code, ...centre })),
    isCountry: (country) => countries.has(country),
    find: ({ country, city, postalCode }) => {
      const centre = countries.get(country);
      if (centre === undefined) return { unknown: 'country' };
      const byPostalCode = postalCode === null ? null : postalCodes.find(country, postalCode);
      if (byPostalCode !== null) return { ...byPostalCode, precision: 'POSTAL_CODE' };
      if (city === null) return { ...centre, precision: 'COUNTRY' };
      const byCity = cities.find(country, city);
      return byCity === null ? { unknown: 'city' } : { ...byCity, precision: 'CITY' };
    },
  };
}
