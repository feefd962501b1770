/** Invented goods, so that a first order can be placed. Prices are whole, which every currency can express. */
export const demoProducts = [
  { sku: 'MUG-BLUE', name: 'Mug, stoneware, blue', price: '8' },
  { sku: 'APRON-LINEN', name: 'Apron, linen', price: '29' },
  { sku: 'BASKET-OAK', name: 'Basket, split oak', price: '34' },
  { sku: 'BLANKET-WOOL', name: 'Blanket, lambswool', price: '85' },
  { sku: 'BOARD-BEECH', name: 'Chopping board, beech', price: '26' },
  { sku: 'BOWL-ASH', name: 'Bowl, turned ash', price: '42' },
  { sku: 'BREADBIN-TIN', name: 'Bread bin, enamelled tin', price: '38' },
  { sku: 'BROOM-BIRCH', name: 'Broom, birch and horsehair', price: '31' },
  { sku: 'CANDLE-BEESWAX', name: 'Candle, beeswax', price: '6' },
  { sku: 'CLOCK-KITCHEN', name: 'Clock, kitchen', price: '52' },
  { sku: 'COFFEEPOT-STEEL', name: 'Coffee pot, steel', price: '36' },
  { sku: 'CUSHION-TWEED', name: 'Cushion, tweed', price: '44' },
  { sku: 'GLASS-TUMBLER', name: 'Tumbler, recycled glass', price: '7' },
  { sku: 'JAR-STORAGE', name: 'Storage jar, 1 litre', price: '12' },
  { sku: 'KNIFE-BREAD', name: 'Bread knife, olive wood', price: '48' },
  { sku: 'LANTERN-TIN', name: 'Lantern, tin', price: '19' },
  { sku: 'NAPKIN-COTTON', name: 'Napkins, cotton, set of four', price: '22' },
  { sku: 'PAN-IRON', name: 'Frying pan, cast iron', price: '58' },
  { sku: 'PLANTER-CLAY', name: 'Planter, terracotta', price: '16' },
  { sku: 'SCALES-BRASS', name: 'Kitchen scales, brass', price: '94' },
  { sku: 'SPOON-CHERRY', name: 'Spoon, cherry wood', price: '9' },
  { sku: 'TEAPOT-CLAY', name: 'Teapot, red clay, 1 litre', price: '39' },
  { sku: 'TOWEL-WAFFLE', name: 'Towel, waffle cotton', price: '18' },
  { sku: 'TRAY-WALNUT', name: 'Tray, walnut', price: '46' },
] as const;

export const demoFacilities = [
  { id: 'london', name: 'London', country: 'GB', latitude: 51.5074, longitude: -0.1278 },
  { id: 'manchester', name: 'Manchester', country: 'GB', latitude: 53.4808, longitude: -2.2426 },
  { id: 'edinburgh', name: 'Edinburgh', country: 'GB', latitude: 55.9533, longitude: -3.1883 },
  { id: 'dublin', name: 'Dublin', country: 'IE', latitude: 53.3498, longitude: -6.2603 },
  { id: 'rotterdam', name: 'Rotterdam', country: 'NL', latitude: 51.9244, longitude: 4.4777 },
  { id: 'newark', name: 'Newark', country: 'US', latitude: 40.7357, longitude: -74.1724 },
  { id: 'reno', name: 'Reno', country: 'US', latitude: 39.5296, longitude: -119.8138 },
  { id: 'singapore', name: 'Singapore', country: 'SG', latitude: 1.3521, longitude: 103.8198 },
  { id: 'sydney', name: 'Sydney', country: 'AU', latitude: -33.8688, longitude: 151.2093 },
] as const;

type Zone = 'PRIMARY' | 'BACK';

/**
 * How much of the goods each facility's zone holds: of every `every`-th product, from the `from`-th on, about `units`.
 * Facilities hold different parts of the catalogue, so that some orders are split over several of them.
 */
const holdings: readonly {
  facilityId: (typeof demoFacilities)[number]['id'];
  zone: Zone;
  from: number;
  every: number;
  units: number;
}[] = [
  { facilityId: 'london', zone: 'PRIMARY', from: 0, every: 1, units: 120 },
  { facilityId: 'london', zone: 'BACK', from: 0, every: 3, units: 200 },
  { facilityId: 'manchester', zone: 'PRIMARY', from: 0, every: 2, units: 80 },
  { facilityId: 'manchester', zone: 'BACK', from: 2, every: 4, units: 60 },
  { facilityId: 'edinburgh', zone: 'PRIMARY', from: 1, every: 2, units: 40 },
  { facilityId: 'dublin', zone: 'PRIMARY', from: 0, every: 3, units: 50 },
  { facilityId: 'rotterdam', zone: 'PRIMARY', from: 1, every: 3, units: 150 },
  { facilityId: 'rotterdam', zone: 'BACK', from: 1, every: 6, units: 300 },
  { facilityId: 'newark', zone: 'PRIMARY', from: 0, every: 2, units: 160 },
  { facilityId: 'reno', zone: 'PRIMARY', from: 1, every: 2, units: 110 },
  { facilityId: 'singapore', zone: 'PRIMARY', from: 2, every: 3, units: 90 },
  { facilityId: 'sydney', zone: 'PRIMARY', from: 0, every: 4, units: 70 },
];

/** Products of which there is next to nothing anywhere: an order of a few is rejected. */
const scarce: ReadonlySet<string> = new Set(['CLOCK-KITCHEN', 'SCALES-BRASS']);

export const demoStock = holdings.flatMap(({ facilityId, zone, from, every, units }) =>
  demoProducts.flatMap(({ sku }, place) => {
    const isHeld = place >= from && (place - from) % every === 0;
    if (!isHeld) return [];
    // Uneven, as stock is, and the same each time.
    const quantity = scarce.has(sku) ? 1 + (place % 2) : Math.ceil((units * (4 + ((place * 7) % 9))) / 8);
    return [{ facilityId, sku, zone, quantity }];
  }),
);
