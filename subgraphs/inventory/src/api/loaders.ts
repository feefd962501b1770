import type { FactHandling, JournalFact } from '@holdfast/messaging';
import type { Viewer } from '@holdfast/service';
import DataLoader from 'dataloader';
import type { InventoryApp } from '../app.ts';
import type { Allocation } from '../domain/allocation.ts';
import type { Level } from '../domain/stock.ts';
import type { Availability } from '../queries/availability.ts';
import type { FacilityView } from '../queries/facilities.ts';
import type { FacilityTotals } from '../queries/facility-totals.ts';
import type { ProductView } from '../queries/products.ts';
import type { ReservationView } from '../queries/reservations.ts';
import type { FacilityStockPage } from '../queries/stock.ts';
import { isOrderId, isPossibleName } from './names.ts';

export interface FacilityStockRequest extends FacilityStockPage {
  readonly facilityId: string;
}

/** Orders whose facts one statement reads, and facts whose handlings one does. */
const mostOrders = 200;
const mostFacts = 1_000;

/** Each gathers what one request asks for and reads it in one statement. */
export interface Loaders {
  readonly product: DataLoader<string, ProductView | null>;
  readonly availability: DataLoader<string, Availability>;
  readonly stockOfProduct: DataLoader<string, readonly Level[]>;
  readonly facility: DataLoader<string, FacilityView | null>;
  readonly stockOfFacility: DataLoader<FacilityStockRequest, readonly Level[], string>;
  readonly totalsOfFacility: DataLoader<string, FacilityTotals>;
  /** Null when nothing was tied, and for an order that is not the viewer's. */
  readonly reservation: DataLoader<string, ReservationView | null, string>;
  readonly allocations: DataLoader<string, readonly Allocation[]>;
  /** What inventory has stated of orders' reservations. */
  readonly reservationFacts: DataLoader<string, readonly JournalFact[]>;
  /** By event id; null for a fact that this service has not handled. */
  readonly handling: DataLoader<string, FactHandling | null>;
}

export function createLoaders(app: InventoryApp, viewer: Viewer | null): Loaders {
  return {
    product: new DataLoader(async (skus) => {
      const products = await app.readProducts(skus.filter(isPossibleName));
      return skus.map((sku) => products.get(sku) ?? null);
    }),
    availability: new DataLoader(async (skus) => {
      const availability = await app.readAvailability(skus);
      return skus.map((sku) => availability.get(sku) ?? { available: 0, availableVersion: 0 });
    }),
    stockOfProduct: new DataLoader(async (skus) => {
      const levels = Map.groupBy(await app.readStockOfProducts(skus), ({ sku }) => sku);
      return skus.map((sku) => levels.get(sku) ?? []);
    }),
    facility: new DataLoader(async (ids) => {
      const facilities = await app.readFacilities(ids.filter(isPossibleName));
      return ids.map((id) => facilities.get(id) ?? null);
    }),
    stockOfFacility: new DataLoader((requests) => readFacilityPages(app, requests), {
      cacheKeyFn: (request) => `${request.facilityId}\u0000${pageKey(request)}`,
    }),
    totalsOfFacility: new DataLoader(async (ids) => {
      const totals = await app.readFacilityTotals(ids);
      return ids.map((id) => totals.get(id) ?? { levels: 0, onHand: 0, reserved: 0, available: 0 });
    }),
    reservation: new DataLoader(
      async (orderIds) => {
        const reservations = await app.readReservations(orderIds);
        return orderIds.map((id) => visible(reservations.get(id.toLowerCase()), viewer));
      },
      { cacheKeyFn: (id) => id.toLowerCase() },
    ),
    allocations: new DataLoader(async (orderIds) => {
      const allocations = await app.readAllocations(orderIds);
      return orderIds.map((id) => allocations.get(id) ?? []);
    }),
    reservationFacts: new DataLoader(
      async (orderIds) => {
        const facts = await app.readReservationFacts(
          orderIds.filter(isOrderId).map((id) => id.toLowerCase()),
        );
        return orderIds.map((id) => facts.get(id.toLowerCase()) ?? []);
      },
      { maxBatchSize: mostOrders },
    ),
    handling: new DataLoader(
      async (eventIds) => {
        const handlings = await app.readHandlings(eventIds);
        return eventIds.map((id) => handlings.get(id.toLowerCase()) ?? null);
      },
      { maxBatchSize: mostFacts },
    ),
  };
}

/** Another customer's order is an unknown one. */
function visible(reservation: ReservationView | undefined, viewer: Viewer | null): ReservationView | null {
  if (reservation === undefined || viewer === null) return null;
  return viewer.isOperator || reservation.customerId === viewer.customerId ? reservation : null;
}

const pageKey = ({ after, limit }: FacilityStockPage): string => JSON.stringify([after, limit]);

/** One statement for all facilities of which the same page is asked. */
async function readFacilityPages(
  app: InventoryApp,
  requests: readonly FacilityStockRequest[],
): Promise<readonly (readonly Level[])[]> {
  const pages = Map.groupBy(requests, pageKey);
  const levels = new Map<FacilityStockRequest, readonly Level[]>();
  for (const alike of pages.values()) {
    const ids = alike.map(({ facilityId }) => facilityId);
    const byFacility = Map.groupBy(
      await app.readStockOfFacilities(ids, alike[0]!),
      (level) => level.facilityId,
    );
    for (const request of alike) levels.set(request, byFacility.get(request.facilityId) ?? []);
  }
  return requests.map((request) => levels.get(request) ?? []);
}
