import { readFileSync } from 'node:fs';
import {
  discardParked,
  listParked,
  liveStockSubject,
  readHandlings,
  readJournalFacts,
  startMessaging,
  type FactHandling,
  type JournalFact,
  type Messaging,
  type MessagingStatus,
  type ParkedMessageRow,
  type ParkedPage,
  type ParkedResult,
} from '@holdfast/messaging';
import {
  createLogger,
  registerMessagingMetrics,
  startSubgraph,
  type EntityDatabase,
  type Logger,
  type Viewer,
} from '@holdfast/service';
import { randomUUID } from 'node:crypto';
import { createContext } from './api/context.ts';
import { resolvers } from './api/resolvers.ts';
import { confirmOrder, extendHold, type HoldProblem, type HoldRequest } from './commands/change-hold.ts';
import { changeStock, type StockChange } from './commands/change-stock.ts';
import { expireHolds } from './commands/expire-holds.ts';
import { holdConsumer, type HoldConsumerResult } from './commands/hold-consumer.ts';
import type { StockResult } from './commands/stock-result.ts';
import { upsertFacilities, type FacilityInput } from './commands/upsert-facilities.ts';
import { upsertProducts, type ProductInput } from './commands/upsert-products.ts';
import type { InventoryConfig } from './config.ts';
import { handleOrderFacts } from './consumers/order-facts.ts';
import type { Level } from './domain/stock.ts';
import { startHoldSweeper } from './expiry/hold-sweeper.ts';
import { LiveStock } from './live/live-stock.ts';
import { readAvailability } from './queries/availability.ts';
import { readAllFacilities, readFacilities } from './queries/facilities.ts';
import { readFacilityTotals } from './queries/facility-totals.ts';
import { readLiveStock } from './queries/live-stock.ts';
import { readProducts, readProductsPage, type ProductsPage } from './queries/products.ts';
import {
  readReservationsOfSku,
  readReservationsPage,
  type ReservationsOfSkuPage,
  type ReservationsPage,
} from './queries/reservations-page.ts';
import { readReservations } from './queries/reservations.ts';
import { readStockMovements, type MovementsPage } from './queries/stock-movements.ts';
import { readStockOfFacilities, readStockOfProducts, type FacilityStockPage } from './queries/stock.ts';
import { loadAirports, loadCountryCodes } from './store/atlas.ts';
import { openInventoryDatabase } from './store/open-inventory-database.ts';
import { readAllocations } from './store/reservations.ts';

/** Everything that the inventory service does for a request. */
export type InventoryApp = ReturnType<typeof createApp>;

export interface RunningInventory {
  /** Such as http://127.0.0.1:4002/graphql */
  readonly url: string;
  /** Finishes what was asked, and what messages are in work, then closes. */
  stop(): Promise<void>;
}

/** Starts the inventory service: migrates its database or waits until that is done, follows orders' facts, and serves its subgraph. The signal ends its waits. */
export async function startInventory(
  config: InventoryConfig,
  signal?: AbortSignal,
): Promise<RunningInventory> {
  const log = createLogger('inventory', config.logLevel);
  const opened = await openInventoryDatabase(config.databaseUrl, log, {
    poolSize: config.databasePoolSize,
    signal,
  });
  const { database } = opened;
  const live = new LiveStock({
    read: (keys) => readLiveStock(database.read, keys),
    publish: (message) => messaging.publishLive(liveStockSubject, JSON.stringify(message)),
    onError: (error) => log.warn({ event: 'live-stock-failed', err: error }),
  });
  const messaging: Messaging = startMessaging({
    context: 'inventory',
    database,
    nats: config.nats,
    log,
    handlers: {
      'inventory-orders': handleOrderFacts((levels) => live.note(levels), config.reservationHoldMs ?? null),
    },
    settings: { provision: config.provision ?? 'self' },
  });
  const sweeper = startHoldSweeper({
    sweep: (which) => expireHolds(database, which),
    onExpired: (levels) => {
      live.note(levels);
      messaging.wake();
    },
    log,
  });
  const app = createApp({
    database,
    messaging,
    live,
    currencyCode: config.currencyCode,
    canHoldConsumer: config.auth === 'off',
    log,
  });
  const subgraph = await startSubgraph({
    name: 'inventory',
    typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    host: config.host ?? '127.0.0.1',
    viewerKeys: config.viewerKeys,
    port: config.port,
    metricsPort: config.metricsPort,
    log,
    context: (viewer, traceparent) => createContext(app, viewer, traceparent),
    readiness: async () => {
      const isReady = await opened.isReady();
      const status = isReady ? await messaging.status().catch(() => null) : null;
      return { isReady, body: { nats: status?.nats ?? 'unknown', outboxRows: status?.outboxRows ?? null } };
    },
    metrics: (registry) => registerMessagingMetrics(registry, messaging),
  });
  return {
    url: subgraph.graphqlUrl,
    stop: async () => {
      await subgraph.stop();
      await sweeper.stop();
      await messaging.stop(() => live.stop());
      await opened.close();
    },
  };
}

interface InventoryParts {
  readonly database: EntityDatabase;
  readonly messaging: Messaging;
  readonly live: Pick<LiveStock, 'note'>;
  readonly currencyCode: string;
  /** Whether an operator may keep inventory from being told of orders for a while. */
  readonly canHoldConsumer: boolean;
  readonly log: Logger;
}

/** Wires commands and queries to a database that is migrated and a messaging that runs. */
export function createApp(parts: InventoryParts) {
  const { database, messaging, live, currencyCode, log } = parts;
  const { read } = database;
  const atlas = { airports: loadAirports(), countries: loadCountryCodes() };

  const noteLevels = (levels: readonly Level[]): void => live.note(levels);

  /** Runs a command, writes its line in the log, and wakes the relay for the facts it may have stated. */
  const command = async <Result extends StockResult | HoldProblem>(
    event: string,
    ids: Readonly<Record<string, string>>,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const startedAt = performance.now();
    const result = await work();
    log.info({ event, ...ids, ms: Math.round(performance.now() - startedAt), ...outcomeOf(result) });
    messaging.wake();
    return result;
  };

  return {
    upsertProducts: (input: readonly ProductInput[], traceparent: string | null): Promise<StockResult> => {
      const cause = { correlationId: randomUUID(), traceparent };
      return command('products-upserted', { correlationId: cause.correlationId }, () =>
        upsertProducts(database, currencyCode, input, cause),
      );
    },
    upsertFacilities: (input: readonly FacilityInput[]): Promise<StockResult> =>
      command('facilities-upserted', {}, () => upsertFacilities(database, atlas, input)),
    changeStock: (change: StockChange): Promise<StockResult> =>
      command('stock-changed', { kind: change.kind }, () => changeStock(database, change, noteLevels)),
    confirmOrder: (orderId: string, viewer: Viewer, traceparent: string | null): Promise<HoldProblem> => {
      const request = holdRequest(orderId, viewer, traceparent);
      return command('hold-confirmed', idsOf(request), () => confirmOrder(database, request, noteLevels));
    },
    extendHold: (
      orderId: string,
      minutes: number,
      viewer: Viewer,
      traceparent: string | null,
    ): Promise<HoldProblem> => {
      const request = holdRequest(orderId, viewer, traceparent);
      return command('hold-extended', idsOf(request), () =>
        extendHold(database, request, minutes, noteLevels),
      );
    },

    readProducts: (skus: readonly string[]) => readProducts(read, skus),
    readProductsPage: (page: ProductsPage) => readProductsPage(read, page),
    readAvailability: (skus: readonly string[]) => readAvailability(read, skus),
    readStockOfProducts: (skus: readonly string[]) => readStockOfProducts(read, skus),
    readFacilities: (ids: readonly string[]) => readFacilities(read, ids),
    readAllFacilities: () => readAllFacilities(database.entities(read)),
    readStockOfFacilities: (ids: readonly string[], page: FacilityStockPage) =>
      readStockOfFacilities(read, ids, page),
    readFacilityTotals: (ids: readonly string[]) => readFacilityTotals(read, ids),
    readReservations: (orderIds: readonly string[]) => readReservations(read, orderIds),
    readReservationsPage: (page: ReservationsPage) => readReservationsPage(read, page),
    readReservationsOfSku: (page: ReservationsOfSkuPage) => readReservationsOfSku(read, page),
    readAllocations: (orderIds: readonly string[]) => readAllocations(read, orderIds),
    readStockMovements: (page: MovementsPage) => readStockMovements(read, page),

    readReservationFacts: (
      orderIds: readonly string[],
    ): Promise<ReadonlyMap<string, readonly JournalFact[]>> =>
      readJournalFacts(read, 'reservation', orderIds),
    readHandlings: (eventIds: readonly string[]): Promise<ReadonlyMap<string, FactHandling>> =>
      readHandlings(read, 'inventory-orders', eventIds),

    messagingStatus: (): Promise<MessagingStatus> => messaging.status(),
    listParked: (page: ParkedPage): Promise<readonly ParkedMessageRow[]> => listParked(database, page),
    redriveParked: (ids: readonly string[], by: string): Promise<ParkedResult> => messaging.redrive(ids, by),
    discardParked: (ids: readonly string[], by: string, reason: string): Promise<ParkedResult> =>
      discardParked(database, ids, by, reason),
    holdConsumer: (seconds: number): Promise<HoldConsumerResult> =>
      holdConsumer({ messaging, isAvailable: parts.canHoldConsumer, log }, seconds),
  };
}

const holdRequest = (orderId: string, viewer: Viewer, traceparent: string | null): HoldRequest => ({
  orderId,
  customerId: viewer.isOperator ? null : viewer.customerId,
  correlationId: randomUUID(),
  traceparent,
});

const idsOf = ({ orderId, correlationId }: HoldRequest) => ({ orderId: orderId.slice(0, 36), correlationId });

/** What a log line says of a command's end: how much changed, or the codes of its problems. */
function outcomeOf(result: StockResult | HoldProblem) {
  if (result === null) return { changed: 1 };
  const problems = 'problems' in result ? result.problems : [result];
  const codes = [...new Set(problems.map(({ code }) => code))];
  return { changed: 'changed' in result ? result.changed : 0, ...(codes.length > 0 ? { codes } : {}) };
}
