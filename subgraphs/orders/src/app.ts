import { readFileSync } from 'node:fs';
import {
  armFaultPoint,
  discardParked,
  listParked,
  readHandlings,
  readJournalFacts,
  saysServerAway,
  startMessaging,
  type Database,
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
  type Logger,
  type Viewer,
} from '@holdfast/service';
import { createContext } from './api/context.ts';
import { resolvers } from './api/resolvers.ts';
import {
  cancelOrder,
  writeCancelOrders,
  type CancelOrder,
  type CancelOrderResult,
} from './commands/cancel-order.ts';
import { deliverOrder } from './commands/deliver-order.ts';
import { createGroupWriter } from './commands/group-writer.ts';
import { createOutboxGauge } from './commands/outbox-gauge.ts';
import type { PlaceOrderInput } from './commands/place-order-input.ts';
import { placeOrder } from './commands/place-order.ts';
import { writePlaceOrders, type PlaceOrder, type PlaceOrderResult } from './commands/place-orders-group.ts';
import { shipOrder } from './commands/ship-order.ts';
import { startUndecidedSweeper } from './commands/undecided-sweeper.ts';
import type { OrdersConfig } from './config.ts';
import { followCatalogue } from './consumers/catalogue.ts';
import { followReservations } from './consumers/reservations.ts';
import { findDestination, type DestinationInput } from './places/find-destination.ts';
import { loadPlaces } from './places/places.ts';
import { readOrderEvents, type OrderEventView, type OrderPosition } from './queries/order-events.ts';
import { readOrderLines } from './queries/order-lines.ts';
import { readOrderTotals } from './queries/order-totals.ts';
import {
  readVisibleOrders,
  type MoneyView,
  type OrderLineView,
  type OrderView,
} from './queries/order-view.ts';
import { readOrdersPage, type OrdersRequest } from './queries/orders-page.ts';
import { countUnpublished } from './queries/outbox-size.ts';
import { readOrderPrices } from './queries/product-prices.ts';
import { openOrdersDatabase } from './store/open-orders-database.ts';

/** Everything that the orders service does for a request. */
export type OrdersApp = ReturnType<typeof createApp>;

export interface RunningOrders {
  /** Such as http://127.0.0.1:4001/graphql */
  readonly url: string;
  /** Finishes what was asked, and what messages are in work, then closes. */
  stop(): Promise<void>;
}

/** Starts the orders service: migrates its database or waits until that is done, follows inventory's facts, and serves its subgraph. The signal ends its waits. */
export async function startOrders(config: OrdersConfig, signal?: AbortSignal): Promise<RunningOrders> {
  armFaultPoint(config.faultPoint ?? null);
  const log = createLogger('orders', config.logLevel);
  const opened = await openOrdersDatabase(config.databaseUrl, log, {
    poolSize: config.databasePoolSize,
    provision: config.provision,
    signal,
  });
  const messaging = startMessaging({
    context: 'orders',
    database: opened.database,
    nats: config.nats,
    log,
    handlers: { 'orders-reservations': followReservations, 'orders-catalogue': followCatalogue },
    settings: { provision: config.provision ?? 'self' },
  });
  const sweeper = startUndecidedSweeper({
    database: opened.database,
    decisionSeconds: config.decisionSeconds,
    isHearing: () => messaging.isConnected(),
    wake: () => messaging.wake(),
    log,
  });
  const app = createApp(opened.database, messaging, config, log);
  const subgraph = await startSubgraph({
    name: 'orders',
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
      await messaging.stop();
      await opened.close();
    },
  };
}

/** Wires commands, consumers and queries to a database that is migrated and a messaging that runs. */
export function createApp(
  database: Database,
  messaging: Messaging,
  config: Pick<OrdersConfig, 'auth' | 'currencyCode' | 'outboxMaxRows'>,
  log: Logger,
) {
  const { currencyCode } = config;
  const places = loadPlaces();
  const outbox = createOutboxGauge(
    () => countUnpublished(database.read, config.outboxMaxRows),
    config.outboxMaxRows,
  );
  const placing = createGroupWriter<PlaceOrder, PlaceOrderResult>({
    write: async (group) => woken(await writePlaceOrders(database, currencyCode, group)),
    weigh: ({ draft }) => draft.lines.length,
    isDatabaseAway: saysServerAway,
  });
  const cancelling = createGroupWriter<CancelOrder, CancelOrderResult>({
    write: async (group) => woken(await writeCancelOrders(database, group)),
    weigh: () => 1,
    isDatabaseAway: saysServerAway,
  });
  const woken = <Result>(results: Result): Result => {
    messaging.wake();
    return results;
  };
  const advancing = { database, wake: () => messaging.wake(), log };

  return {
    placeOrder: (input: PlaceOrderInput, viewer: Viewer, traceparent: string | null) =>
      placeOrder({ places, writer: placing, outbox, log }, input, viewer, traceparent),
    cancelOrder: (input: Parameters<typeof cancelOrder>[1], viewer: Viewer, traceparent: string | null) =>
      cancelOrder({ writer: cancelling, log }, input, viewer, traceparent),
    shipOrder: (orderId: string, traceparent: string | null) => shipOrder(advancing, orderId, traceparent),
    deliverOrder: (orderId: string, traceparent: string | null) =>
      deliverOrder(advancing, orderId, traceparent),

    auth: config.auth,
    countries: places.countries,
    findDestination: (input: DestinationInput) => findDestination(places, input),

    readOrders: (ids: readonly string[], viewer: Viewer | null): Promise<ReadonlyMap<string, OrderView>> =>
      readVisibleOrders(database.read, ids, viewer),
    readOrdersPage: (viewer: Viewer, request: OrdersRequest): Promise<readonly OrderView[]> =>
      readOrdersPage(database.read, viewer, request),
    readOrderLines: (ids: readonly string[]): Promise<ReadonlyMap<string, readonly OrderLineView[]>> =>
      readOrderLines(database.read, ids),
    readOrderEvents: (positions: readonly OrderPosition[]): Promise<readonly OrderEventView[]> =>
      readOrderEvents(database.read, positions),
    readOrderPrices: (skus: readonly string[]): Promise<ReadonlyMap<string, MoneyView>> =>
      readOrderPrices(database.read, skus, currencyCode),
    readOrderTotals: () => readOrderTotals(database.read),

    readOrderFacts: (ids: readonly string[]): Promise<ReadonlyMap<string, readonly JournalFact[]>> =>
      readJournalFacts(database.read, 'order', ids),
    readHandlings: (eventIds: readonly string[]): Promise<ReadonlyMap<string, FactHandling>> =>
      readHandlings(database.read, 'orders-reservations', eventIds),

    messagingStatus: (): Promise<MessagingStatus> => messaging.status(),
    listParked: (page: ParkedPage): Promise<readonly ParkedMessageRow[]> => listParked(database, page),
    redriveParked: (ids: readonly string[], by: string): Promise<ParkedResult> => messaging.redrive(ids, by),
    discardParked: (ids: readonly string[], by: string, reason: string): Promise<ParkedResult> =>
      discardParked(database, ids, by, reason),
  };
}
