/** Where a facility's goods lie, and which share of each SKU's units lies there. */
export interface StockPlace {
  readonly facilityId: string;
  readonly zone: 'PRIMARY' | 'BACK';
  readonly percent: number;
}

export interface FacilityPlan {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The retailer's places: two English ones, an export hub by Heathrow, and one place each in three countries. */
export const facilities: readonly FacilityPlan[] = [
  { id: 'leicester', name: 'Leicester', country: 'GB', latitude: 52.6369, longitude: -1.1398 },
  { id: 'daventry', name: 'Daventry', country: 'GB', latitude: 52.2603, longitude: -1.1622 },
  { id: 'heathrow', name: 'Heathrow export hub', country: 'GB', latitude: 51.4837, longitude: -0.4595 },
  { id: 'dublin', name: 'Dublin', country: 'IE', latitude: 53.3498, longitude: -6.2603 },
  { id: 'rotterdam', name: 'Rotterdam', country: 'NL', latitude: 51.9244, longitude: 4.4777 },
  { id: 'leipzig', name: 'Leipzig', country: 'DE', latitude: 51.3397, longitude: 12.3731 },
];

/** The percentages add up to 100; the order settles ties. */
export const stockPlaces: readonly StockPlace[] = [
  { facilityId: 'leicester', zone: 'PRIMARY', percent: 34 },
  { facilityId: 'daventry', zone: 'PRIMARY', percent: 24 },
  { facilityId: 'leicester', zone: 'BACK', percent: 14 },
  { facilityId: 'daventry', zone: 'BACK', percent: 10 },
  { facilityId: 'heathrow', zone: 'PRIMARY', percent: 9 },
  { facilityId: 'dublin', zone: 'PRIMARY', percent: 3 },
  { facilityId: 'rotterdam', zone: 'PRIMARY', percent: 3 },
  { facilityId: 'leipzig', zone: 'PRIMARY', percent: 3 },
];

/** Where returned goods are received: checked goods go to the back. */
export const returnsPlace = { facilityId: 'leicester', zone: 'BACK' } as const;

/** A level holds no more (the contract's bound); more demand than that is stocked up to it. */
const maxUnits = 1_000_000_000;

export interface StockLine {
  readonly facilityId: string;
  readonly zone: 'PRIMARY' | 'BACK';
  readonly sku: string;
  readonly quantity: number;
}

/**
 * The stock that one file's demand of one SKU brings: demand × share, rounded half up to whole units, laid out over
 * `stockPlaces` by largest remainder. Each place gets its percentage rounded down, and what is left goes one unit each
 * to the places with the largest remainders. Places with no unit have no line.
 */
export function stockOf(sku: string, demandUnits: number, share: number): readonly StockLine[] {
  const units = Math.min(maxUnits, Math.floor(demandUnits * share + 0.5));
  const parts = stockPlaces.map(({ percent }) => ({
    floor: Math.floor((units * percent) / 100),
    remainder: (units * percent) % 100,
  }));
  let left = units - parts.reduce((sum, { floor }) => sum + floor, 0);
  const extra = new Set<number>();
  for (const index of parts
    .map((_, at) => at)
    .sort((a, b) => parts[b]!.remainder - parts[a]!.remainder || a - b)) {
    if (left === 0) break;
    extra.add(index);
    left -= 1;
  }
  return stockPlaces.flatMap(({ facilityId, zone }, index) => {
    const quantity = parts[index]!.floor + (extra.has(index) ? 1 : 0);
    return quantity === 0 ? [] : [{ facilityId, zone, sku, quantity }];
  });
}
