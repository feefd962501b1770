/** Invented goods, so that a first order can be placed. Prices are whole, which every currency can express. */
export const demoProducts = [
  { sku: 'DEMO-MUG', name: 'Mug, blue (demo)', price: '8' },
  { sku: 'DEMO-TEAPOT', name: 'Teapot, 1 litre (demo)', price: '24' },
  { sku: 'DEMO-LANTERN', name: 'Lantern, tin (demo)', price: '19' },
  { sku: 'DEMO-BLANKET', name: 'Blanket, wool (demo)', price: '45' },
  { sku: 'DEMO-CANDLE', name: 'Candle, beeswax (demo)', price: '6' },
  { sku: 'DEMO-CLOCK', name: 'Clock, kitchen (demo)', price: '32' },
] as const;

export const demoFacilities = [
  { id: 'demo-london', name: 'London (demo)', country: 'GB', latitude: 51.5074, longitude: -0.1278 },
  { id: 'demo-manchester', name: 'Manchester (demo)', country: 'GB', latitude: 53.4808, longitude: -2.2426 },
  { id: 'demo-edinburgh', name: 'Edinburgh (demo)', country: 'GB', latitude: 55.9533, longitude: -3.1883 },
  { id: 'demo-dublin', name: 'Dublin (demo)', country: 'IE', latitude: 53.3498, longitude: -6.2603 },
  { id: 'demo-rotterdam', name: 'Rotterdam (demo)', country: 'NL', latitude: 51.9244, longitude: 4.4777 },
] as const;

/** What each facility gets of each product: enough that most orders are reserved, and some split over facilities. */
const unitsByPlace = [
  { facilityId: 'demo-london', zone: 'PRIMARY', units: [120, 40, 30, 20, 200, 0] },
  { facilityId: 'demo-london', zone: 'BACK', units: [80, 0, 20, 0, 100, 0] },
  { facilityId: 'demo-manchester', zone: 'PRIMARY', units: [60, 25, 0, 30, 80, 10] },
  { facilityId: 'demo-manchester', zone: 'BACK', units: [0, 15, 0, 40, 0, 0] },
  { facilityId: 'demo-edinburgh', zone: 'PRIMARY', units: [30, 0, 25, 10, 0, 5] },
  { facilityId: 'demo-dublin', zone: 'PRIMARY', units: [40, 10, 10, 10, 60, 3] },
  { facilityId: 'demo-rotterdam', zone: 'PRIMARY', units: [90, 30, 40, 25, 150, 12] },
] as const;

export const demoStock = unitsByPlace.flatMap(({ facilityId, zone, units }) =>
  units.flatMap((quantity, place) => {
    const product = demoProducts[place];
    return quantity === 0 || product === undefined ? [] : [{ facilityId, sku: product.sku, zone, quantity }];
  }),
);
