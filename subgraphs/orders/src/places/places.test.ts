import { describe, expect, it } from '@jest/globals';
import { loadPlaces } from './places.ts';

const places = loadPlaces();
const find = (country: string, city: string | null = null, postalCode: string | null = null) =>
  places.find({ country, city, postalCode });

describe('A destination without coordinates', () => {
  it('is found by its city, whatever its accents and case', () => {
    const zurich = { latitude: 47.36667, longitude: 8.55, precision: 'CITY' };
    expect(find('CH', 'Zürich')).toEqual(zurich);
    expect(find('CH', 'ZURICH')).toEqual(zurich);
  });

  it('is the most populous city of that name in the country', () => {
    expect(find('GB', 'London')).toMatchObject({ latitude: 51.50853, longitude: -0.12574 });
    expect(find('CA', 'London')).toMatchObject({ latitude: 42.98339, longitude: -81.23304 });
    expect(find('GB', 'Newport')).toMatchObject({ latitude: 51.58774, longitude: -2.99835 });
  });

  it('is not found in a city that the country does not have', () => {
    expect(find('FR', 'Leicester')).toEqual({ unknown: 'city' });
    expect(find('GB', '')).toEqual({ unknown: 'city' });
  });

  it('is found by its postal code first, where there is data for the country', () => {
    expect(find('US', 'Boston', '10001')).toEqual({
      latitude: 40.75065,
      longitude: -73.997293,
      precision: 'POSTAL_CODE',
    });
    expect(find('US', null, '10001-1234')).toMatchObject({ precision: 'POSTAL_CODE' });
    expect(find('US', 'Boston', '00000')).toMatchObject({ precision: 'CITY' });
    expect(find('GB', 'London', '10001')).toMatchObject({ precision: 'CITY' });
  });

  it("is its country's centre when nothing else is given", () => {
    expect(find('JE')).toMatchObject({ precision: 'COUNTRY', latitude: 49.25 });
    expect(find('XX')).toEqual({ unknown: 'country' });
  });

  it('has a centre in every country of ISO 3166-1', () => {
    const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const countries = letters
      .flatMap((one) => letters.map((other) => one + other))
      .filter((code) => places.isCountry(code));
    expect(countries.length).toBe(250);
    expect(places.countries.map(({ code }) => code)).toEqual(countries);
    const found = countries.map((code) => ({ code, ...find(code) }));
    expect(places.countries.map((country) => ({ ...country, precision: 'COUNTRY' }))).toEqual(found);
    expect(countries.filter((country) => regions.of(country) === undefined)).toEqual([]);
  });
});
