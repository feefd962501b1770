import type { Supergraph } from '@apollo/federation-internals';
import type { Logger, Viewer } from '@holdfast/service';
import type { NatsConnection } from '@nats-io/transport-node';
import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '../config.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { EventExecutor, subscriptionOf } from './event-executor.ts';
import { JournalReader } from './journal-reader.ts';
import { LiveStream } from './live-stream.ts';
import { NatsLink } from './nats-link.ts';
import { OperationPreparer, type Preparation } from './operation-preparer.ts';
import { OrderHub } from './order-hub.ts';
import { OrderStream } from './order-stream.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import { StockFeed } from './stock-feed.ts';
import { StockHub } from './stock-hub.ts';
import { bindSubscriptionFields } from './subscription-fields.ts';

const QUEUE_LIMIT = 1_000;
const SWEEP_INTERVAL_MS = 60_000;
/** While the stream cannot be heard, the journal is all there is. */
const SWEEP_INTERVAL_AWAY_MS = 5_000;

export interface LiveLayerOptions {
  readonly config: GatewayConfig;
  readonly supergraph: Supergraph;
  readonly orders: SubgraphClient;
  readonly inventory: SubgraphClient;
  readonly log: Logger;
}

/** Everything behind the subscriptions of one gateway process. */
export interface LiveLayer {
  readonly schema: GraphQLSchema;
  prepare(query: string, operationName: string | undefined): Preparation;
  open(
    operation: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    viewer: Viewer,
  ): LiveStream;
  status(): { isNatsConnected: boolean; openOrders: number; executions: number; cuts: number };
  stop(): Promise<void>;
}

/** Starts the live layer; NATS and the subgraphs may be away. */
export function startLiveLayer({ config, supergraph, orders, inventory, log }: LiveLayerOptions): LiveLayer {
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const queueLimit = config.queueLimit ?? QUEUE_LIMIT;
  const stockHub = new StockHub(queueLimit);
  const orderHub = new OrderHub(queueLimit, (orderId) => journal.fill(orderId));
  const journal = new JournalReader(orders, orderHub, log);
  const stockFeed = new StockFeed(inventory, stockHub, log);
  const orderStream = new OrderStream(
    {
      isHeard: (orderId) => orderHub.isHeard(orderId),
      tell: (change) => orderHub.tell(change),
      onCreated: () => journal.sweep(),
    },
    log,
  );
  bindSubscriptionFields(schema, { orders, inventory, orderHub, stockHub });
  const preparer = new OperationPreparer(schema, supergraph);
  const executor = new EventExecutor(schema, supergraph, [orders, inventory], log);
  const link = new NatsLink(config.nats, log, (nats: NatsConnection) => {
    orderStream.connected(nats);
    stockFeed.connected(nats);
  });

  const sweep = (): void => {
    journal.sweep();
    stockFeed.refresh();
    orderStream
      .checkForRewind()
      .catch((error: unknown) => log.warn({ event: 'rewind-check-failed', err: error }));
  };
  const interval = config.sweepIntervalMs ?? SWEEP_INTERVAL_MS;
  const sweeping = setInterval(sweep, interval);
  const sweepingAway = setInterval(
    () => {
      if (!link.isConnected) journal.sweep();
    },
    Math.min(interval, SWEEP_INTERVAL_AWAY_MS),
  );

  return {
    schema,
    prepare: (query, operationName) => preparer.prepare(query, operationName),
    open: (operation, variables, viewer) =>
      new LiveStream(schema, executor, subscriptionOf(operation, variables, viewer)),
    status: () => ({
      isNatsConnected: link.isConnected,
      openOrders: orderHub.openOrders,
      executions: executor.executions,
      cuts: orderHub.cuts + stockHub.cuts,
    }),
    stop: async () => {
      clearInterval(sweeping);
      clearInterval(sweepingAway);
      await orderStream.stop();
      await Promise.all([journal.stop(), stockFeed.stop()]);
      await link.stop();
    },
  };
}
