import { readFileSync } from 'node:fs';
import {
  discardParked,
  listParked,
  liveStockSubject,
  startMessaging,
  type Database,
  type Messaging,
  type MessagingStatus,
  type ParkedMessageRow,
  type ParkedResult,
} from '@holdfast/messaging';
import { createLogger, openDatabase, startSubgraph, type Viewer } from '@holdfast/service';
import { randomUUID } from 'node:crypto';
import { migrations } from '../migrations/migrations.ts';
import { createContext } from './api/context.ts';
import { resolvers } from './api/resolvers.ts';
import { confirmOrder, extendHold, type HoldProblem, type HoldRequest } from './commands/change-hold.ts';
import { changeStock, type StockChange } from './commands/change-stock.ts';
import type { StockResult } from './commands/stock-result.ts';
import { upsertFacilities, type FacilityInput } from './commands/upsert-facilities.ts';
import { upsertProducts, type ProductInput } from './commands/upsert-products.ts';
import type { InventoryConfig } from './config.ts';
import { handleOrderFacts } from './consumers/order-facts.ts';
import { LiveStock } from './live/live-stock.ts';
import { readAvailability } from './queries/availability.ts';
import { readAllFacilities, readFacilities } from './queries/facilities.ts';
import { readLiveStock } from './queries/live-stock.ts';
import { readProducts, readProductsPage, type ProductsPage } from './queries/products.ts';
import { readReservations } from './queries/reservations.ts';
import { readStockMovements, type MovementsPage } from './queries/stock-movements.ts';
import { readStockOfFacilities, readStockOfProducts, type FacilityStockPage } from './queries/stock.ts';
import { loadAirports, loadCountryCodes } from './store/atlas.ts';
import { readAllocations } from './store/reservations.ts';

/** Everything that the inventory service does for a request. */
export type InventoryApp = ReturnType<typeof createApp>;

export interface RunningInventory {
  /** Such as http://127.0.0.1:4002/graphql */
  readonly url: string;
  /** Finishes what was asked, and what messages are in work, then closes. */
  stop(): Promise<void>;
}

/** Starts the inventory service: migrates its database, follows orders' facts, and serves its subgraph on loopback. */
export async function startInventory(config: InventoryConfig): Promise<RunningInventory> {
  const log = createLogger('inventory', config.logLevel);
  const opened = await openDatabase({ url: config.databaseUrl, entities: [], migrations, log });
  const { database } = opened;
  const live = new LiveStock({
    read: (keys) => readLiveStock(database.read, keys),
    publish: (message) => messaging.publishLive(liveStockSubject, JSON.stringify(message)),
    onError: (error) => log.warn({ event: 'live-stock-failed', err: error }),
  });
  const messaging: Messaging = startMessaging({
    context: 'inventory',
    database,
    natsUrl: config.natsUrl,
    log,
    handlers: { 'inventory-orders': handleOrderFacts((levels) => live.note(levels)) },
  });
  const app = createApp(database, messaging, live, config.currencyCode);
  const subgraph = await startSubgraph({
    name: 'inventory',
    typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    host: '127.0.0.1',
    port: config.port,
    log,
    context: (viewer, traceparent) => createContext(app, viewer, traceparent),
    readiness: async () => ({ isReady: await opened.isReady(), body: {} }),
  });
  return {
    url: subgraph.graphqlUrl,
    stop: async () => {
      await subgraph.stop();
      await live.stop();
      await messaging.stop();
      await opened.close();
    },
  };
}

/** Wires commands and queries to a database that is migrated and a messaging that runs. */
export function createApp(
  database: Database,
  messaging: Messaging,
  live: Pick<LiveStock, 'note'>,
  currencyCode: string,
) {
  const { read } = database;
  const atlas = { airports: loadAirports(), countries: loadCountryCodes() };
  const woken = <Result>(result: Result): Result => {
    messaging.wake();
    return result;
  };

  return {
    upsertProducts: async (
      input: readonly ProductInput[],
      traceparent: string | null,
    ): Promise<StockResult> => {
      const cause = { correlationId: randomUUID(), traceparent };
      return woken(await upsertProducts(database, currencyCode, input, cause));
    },
    upsertFacilities: (input: readonly FacilityInput[]): Promise<StockResult> =>
      upsertFacilities(database, atlas, input),
    changeStock: async (change: StockChange): Promise<StockResult> => {
      const result = await changeStock(database, change);
      live.note(result.levels);
      return result;
    },
    confirmOrder: async (orderId: string, viewer: Viewer, traceparent: string | null): Promise<HoldProblem> =>
      woken(await confirmOrder(database, holdRequest(orderId, viewer, traceparent))),
    extendHold: (
      orderId: string,
      minutes: number,
      viewer: Viewer,
      traceparent: string | null,
    ): Promise<HoldProblem> => extendHold(database, holdRequest(orderId, viewer, traceparent), minutes),

    readProducts: (skus: readonly string[]) => readProducts(read, skus),
    readProductsPage: (page: ProductsPage) => readProductsPage(read, page),
    readAvailability: (skus: readonly string[]) => readAvailability(read, skus),
    readStockOfProducts: (skus: readonly string[]) => readStockOfProducts(read, skus),
    readFacilities: (ids: readonly string[]) => readFacilities(read, ids),
    readAllFacilities: () => readAllFacilities(read),
    readStockOfFacilities: (ids: readonly string[], page: FacilityStockPage) =>
      readStockOfFacilities(read, ids, page),
    readReservations: (orderIds: readonly string[]) => readReservations(read, orderIds),
    readAllocations: (orderIds: readonly string[]) => readAllocations(read, orderIds),
    readStockMovements: (page: MovementsPage) => readStockMovements(read, page),

    messagingStatus: (): Promise<MessagingStatus> => messaging.status(),
    listParked: (page: { first: number; after: string | null }): Promise<readonly ParkedMessageRow[]> =>
      listParked(database, page),
    redriveParked: (ids: readonly string[], by: string): Promise<ParkedResult> => messaging.redrive(ids, by),
    discardParked: (ids: readonly string[], by: string, reason: string): Promise<ParkedResult> =>
      discardParked(database, ids, by, reason),
  };
}

const holdRequest = (orderId: string, viewer: Viewer, traceparent: string | null): HoldRequest => ({
  orderId,
  customerId: viewer.isOperator ? null : viewer.customerId,
  correlationId: randomUUID(),
  traceparent,
});
