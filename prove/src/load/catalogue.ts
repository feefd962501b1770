import type { SkuQuantity, StockQuantity } from '../check/history.ts';
import type { Random } from './random.ts';

/** What is sold in a run; SKUs are the run's own, so that runs on the same data do not mix. */
export interface Catalogue {
  /** Wanted by many, with little stock. */
  readonly hot: readonly [string, ...string[]];
  /** With more stock than a run can sell. */
  readonly cold: readonly [string, ...string[]];
  readonly initialStock: readonly StockQuantity[];
}

/** Two countries with several facilities, so that there are domestic orders over one and over two of them. */
export const facilities: readonly [Facility, ...Facility[]] = [
  { id: 'prove-leeds', name: 'Leeds', country: 'GB', latitude: 53.8008, longitude: -1.5491 },
  { id: 'prove-bristol', name: 'Bristol', country: 'GB', latitude: 51.4545, longitude: -2.5879 },
  { id: 'prove-glasgow', name: 'Glasgow', country: 'GB', latitude: 55.8642, longitude: -4.2518 },
  { id: 'prove-utrecht', name: 'Utrecht', country: 'NL', latitude: 52.0907, longitude: 5.1214 },
  { id: 'prove-groningen', name: 'Groningen', country: 'NL', latitude: 53.2194, longitude: 6.5665 },
  { id: 'prove-denver', name: 'Denver', country: 'US', latitude: 39.7392, longitude: -104.9903 },
];

interface Facility {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Domestic, abroad, and in countries without a facility; with and without coordinates. */
export const destinations: readonly [DestinationInput, ...DestinationInput[]] = [
  { country: 'GB', latitude: 53.4808, longitude: -2.2426 },
  { country: 'GB', city: 'London' },
  { country: 'NL', latitude: 51.9244, longitude: 4.4777 },
  { country: 'US', latitude: 40.7357, longitude: -74.1724 },
  { country: 'DE', city: 'Berlin' },
  { country: 'SG', latitude: 1.3521, longitude: 103.8198 },
];

export interface DestinationInput {
  readonly country: string;
  readonly city?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

const hotSkus = 6;
const coldSkus = 40;
const hotUnits = 10;
const coldUnits = 20_000;

export function catalogueOf(runId: string): Catalogue {
  const skus = (kind: string, count: number): [string, ...string[]] =>
    Array.from({ length: count }, (_, place) => `${runId}-${kind}-${place + 1}`) as [string, ...string[]];
  const hot = skus('hot', hotSkus);
  const cold = skus('cold', coldSkus);
  const everywhere = (sku: string, quantity: number, every: number, place: number): StockQuantity[] =>
    facilities
      .filter((_, facility) => (facility + place) % every === 0)
      .map(({ id }, index) => ({ sku, facilityId: id, zone: index === 1 ? 'BACK' : 'PRIMARY', quantity }));
  return {
    hot,
    cold,
    initialStock: [
      ...hot.flatMap((sku, place) => everywhere(sku, hotUnits, 2, place)),
      ...cold.flatMap((sku, place) => everywhere(sku, coldUnits, 2, place)),
    ],
  };
}

const mostLines = 4;
const hotShare = 0.3;

/** One to four lines, hot and cold, now and then two of one SKU. */
export function someLines(random: Random, { hot, cold }: Catalogue): SkuQuantity[] {
  return Array.from({ length: random.between(1, mostLines) }, () => ({
    sku: random.chance(hotShare) ? random.pick(hot) : random.pick(cold),
    quantity: random.between(1, 3),
  }));
}

/** Lines of one SKU summed, by SKU. */
export function summedBySku(lines: readonly SkuQuantity[]): SkuQuantity[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return Array.from(sums, ([sku, quantity]) => ({ sku, quantity })).sort((one, other) =>
    one.sku < other.sku ? -1 : 1,
  );
}
