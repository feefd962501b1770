import type { FactHandling, JournalFact } from '@holdfast/messaging';
import type { Viewer } from '@holdfast/service';
import DataLoader from 'dataloader';
import type { OrdersApp } from '../app.ts';
import type { OrderEventView, OrderPosition } from '../queries/order-events.ts';
import type { MoneyView, OrderLineView, OrderView } from '../queries/order-view.ts';

/** Orders whose facts one statement reads, and facts whose handlings one does. */
const mostOrders = 200;
const mostFacts = 1_000;

/** Each gathers what one request asks for and reads it in one statement. */
export interface Loaders {
  /** Null for an order that does not exist or is not the viewer's. */
  readonly order: DataLoader<string, OrderView | null>;
  readonly lines: DataLoader<string, readonly OrderLineView[]>;
  readonly events: DataLoader<OrderPosition, readonly OrderEventView[], string>;
  /** Null for a SKU that orders has not heard of. */
  readonly price: DataLoader<string, MoneyView | null>;
  readonly facts: DataLoader<string, readonly JournalFact[]>;
  /** By event id; null for a fact that this service has not handled. */
  readonly handling: DataLoader<string, FactHandling | null>;
}

export function createLoaders(app: OrdersApp, viewer: Viewer | null): Loaders {
  return {
    order: new DataLoader(async (ids) => {
      const orders = await app.readOrders(ids, viewer);
      return ids.map((id) => orders.get(id.toLowerCase()) ?? null);
    }),
    lines: new DataLoader(async (ids) => {
      const lines = await app.readOrderLines(ids);
      return ids.map((id) => lines.get(id) ?? []);
    }),
    events: new DataLoader(
      async (positions) => {
        const events = await app.readOrderEvents(lowestPositions(positions));
        const eventsByOrder = Map.groupBy(events, ({ orderId }) => orderId);
        return positions.map(({ orderId, after }) =>
          (eventsByOrder.get(orderId) ?? []).filter(({ version }) => version > after),
        );
      },
      { cacheKeyFn: ({ orderId, after }) => `${orderId} ${after}` },
    ),
    price: new DataLoader(async (skus) => {
      const prices = await app.readOrderPrices(skus);
      return skus.map((sku) => prices.get(sku) ?? null);
    }),
    facts: new DataLoader(
      async (ids) => {
        const facts = await app.readOrderFacts(ids);
        return ids.map((id) => facts.get(id) ?? []);
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

/** One position an order, though a request may ask for the events of one order more than once. */
function lowestPositions(positions: readonly OrderPosition[]): readonly OrderPosition[] {
  const lowest = new Map<string, OrderPosition>();
  for (const position of positions) {
    const known = lowest.get(position.orderId);
    if (known === undefined || position.after < known.after) lowest.set(position.orderId, position);
  }
  return [...lowest.values()];
}
