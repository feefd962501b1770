import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { readFacilities } from '../queries/facilities.ts';
import { loadAirports, loadCountryCodes } from '../store/atlas.ts';
import { emptyTables, startTestInventory, type TestInventory } from '../testing.ts';
import { upsertFacilities, type FacilityInput } from './upsert-facilities.ts';
import { upsertProducts, type ProductInput } from './upsert-products.ts';

let inventory: TestInventory;
const atlas = { airports: loadAirports(), countries: loadCountryCodes() };

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => emptyTables(inventory.database));

const aProduct = (given: Partial<ProductInput> = {}): ProductInput => ({
  sku: '85123A',
  name: 'White hanging heart',
  unitPrice: { amount: '2.55', currencyCode: 'GBP' },
  ...given,
});
const list = (...products: ProductInput[]) =>
  upsertProducts(inventory.database, 'GBP', products, { correlationId: randomUUID(), traceparent: null });
const listed = async () => {
  const { rows } = await sql<{ data: unknown }>`select data from journal order by id`.execute(
    inventory.database.read,
  );
  return rows.map(({ data }) => data);
};

const aFacility = (given: Partial<FacilityInput> = {}): FacilityInput => ({
  id: 'LEI',
  name: 'Leicester',
  country: 'GB',
  latitude: 52.6369,
  longitude: -1.1398,
  ...given,
});
const build = (...facilities: FacilityInput[]) => upsertFacilities(inventory.database, atlas, facilities);

describe('products', () => {
  it('are listed when new and when changed, and not when they are as they were', async () => {
    expect(await list(aProduct(), aProduct({ sku: 'B' }))).toMatchObject({ changed: 2, problems: [] });
    expect(await list(aProduct(), aProduct({ sku: 'B', name: 'Other' }))).toMatchObject({ changed: 1 });
    expect(await list(aProduct(), aProduct({ sku: 'B', name: 'Other' }))).toMatchObject({ changed: 0 });
    expect(await listed()).toMatchObject([
      { sku: '85123A', version: 1, unitPrice: { amount: '2.55', currencyCode: 'GBP' } },
      { sku: 'B', version: 1 },
      { sku: 'B', version: 2, name: 'Other' },
    ]);
  });

  it('go through 5,000 at once, and with others in opposite order', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => aProduct({ sku: `S${index}` }));
    const [forwards, backwards] = await Promise.all([list(...many), list(...many.toReversed())]);
    expect(forwards.changed + backwards.changed).toBe(5_000);
    expect(await listed()).toHaveLength(5_000);
  });

  const cases: [string, ProductInput[], { path: string[] }][] = [
    [
      'a negative price',
      [aProduct({ unitPrice: { amount: '-0.01', currencyCode: 'GBP' } })],
      { path: ['0', 'unitPrice', 'amount'] },
    ],
    [
      'half a penny',
      [aProduct({ unitPrice: { amount: '0.005', currencyCode: 'GBP' } })],
      { path: ['0', 'unitPrice', 'amount'] },
    ],
    [
      'a price beyond all bounds',
      [aProduct({ unitPrice: { amount: '40000000.01', currencyCode: 'GBP' } })],
      { path: ['0', 'unitPrice', 'amount'] },
    ],
    [
      'no number',
      [aProduct({ unitPrice: { amount: 'free', currencyCode: 'GBP' } })],
      { path: ['0', 'unitPrice', 'amount'] },
    ],
    [
      'another currency',
      [aProduct(), aProduct({ sku: 'B', unitPrice: { amount: '1', currencyCode: 'EUR' } })],
      { path: ['1', 'unitPrice', 'currencyCode'] },
    ],
    ['an empty SKU', [aProduct({ sku: '' })], { path: ['0', 'sku'] }],
    ['a name of 501 characters', [aProduct({ name: 'n'.repeat(501) })], { path: ['0', 'name'] }],
    ['a control character', [aProduct({ name: 'a\tb' })], { path: ['0', 'name'] }],
    ['the same SKU twice', [aProduct(), aProduct()], { path: ['1', 'sku'] }],
    [
      '5,001 products',
      Array.from({ length: 5_001 }, (_, index) => aProduct({ sku: `${index}` })),
      { path: [] },
    ],
  ];
  it.each(cases)('are all refused for %s', async (_name, products, problem) => {
    expect(await list(...products)).toMatchObject({
      changed: 0,
      problems: [{ code: 'INVALID_INPUT', ...problem }],
    });
    expect(await listed()).toEqual([]);
  });
});

describe('facilities', () => {
  it('know their nearest airport with scheduled service, and where it is', async () => {
    const dublin = aFacility({ id: 'DUB', country: 'IE', latitude: 53.3498, longitude: -6.2603 });
    expect(await build(aFacility(), dublin)).toMatchObject({ changed: 2, problems: [] });
    const facilities = await readFacilities(inventory.database.read, ['LEI', 'DUB']);
    expect(facilities.get('LEI')!.nearestAirport).toMatchObject({
      iata: 'EMA',
      name: 'East Midlands Airport',
    });
    expect(facilities.get('LEI')!.nearestAirport.distanceKm).toBeCloseTo(25.0, 0);
    expect(facilities.get('DUB')!.nearestAirport.iata).toBe('DUB');
  });

  it('change only when something about them is different', async () => {
    await build(aFacility());
    expect(await build(aFacility())).toMatchObject({ changed: 0 });
    expect(await build(aFacility({ latitude: 51.5, longitude: -0.1 }))).toMatchObject({ changed: 1 });
    const moved = await readFacilities(inventory.database.read, ['LEI']);
    expect(moved.get('LEI')!.nearestAirport.iata).toBe('LCY');
  });

  const cases: [string, Partial<FacilityInput>, string][] = [
    ['an unknown country', { country: 'XX' }, 'country'],
    ['a country in small letters', { country: 'gb' }, 'country'],
    ['latitude 91', { latitude: 91 }, 'latitude'],
    ['longitude -181', { longitude: -181 }, 'longitude'],
    ['an empty id', { id: '' }, 'id'],
    ['an empty name', { name: '' }, 'name'],
  ];
  it.each(cases)('are all refused for %s', async (_name, given, field) => {
    expect(await build(aFacility({ id: 'good' }), aFacility(given))).toMatchObject({
      changed: 0,
      problems: [{ code: 'INVALID_INPUT', path: ['1', field] }],
    });
    expect((await readFacilities(inventory.database.read, ['good'])).size).toBe(0);
  });
});
