import type { OrderStatus } from '@holdfast/messaging/contracts';
import { createLogger, startSubgraph, type Subgraph, type Viewer } from '@holdfast/service';
import { randomUUID } from 'node:crypto';
import type { OrderChange } from '../live/order-change.ts';
import { readSupergraph } from '../supergraph.ts';

interface StoredOrder {
  readonly id: string;
  readonly customerId: string;
  readonly changes: OrderChange[];
}
interface Context {
  readonly viewer: Viewer | null;
}

/** A server of orders' schema over a journal in memory; it can be stopped and started, and counts what it is asked. */
export interface StandInOrders {
  readonly url: string;
  /** Requests by the name of each root field that they asked for. */
  readonly requests: Map<string, number>;
  /** Runs between the reading of an order and the answer that tells of it. */
  betweenReadAndAnswer: () => Promise<void>;
  /** Commits a change to the journal, and gives it back. */
  commit(orderId: string, to: OrderStatus, customerId?: string): OrderChange;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startStandInOrders(): Promise<StandInOrders> {
  const stored = new Map<string, StoredOrder>();
  const requests = new Map<string, number>();
  const { supergraph } = await readSupergraph();
  const typeDefs = supergraph.subgraphs().get('orders')!.toString();
  const log = createLogger('stand-in-orders', 'silent');
  let port = 0;

  const count = <Args, Result>(name: string, resolve: (args: Args, viewer: Viewer | null) => Result) => {
    return (_root: unknown, args: Args, { viewer }: Context): Result => {
      requests.set(name, (requests.get(name) ?? 0) + 1);
      return resolve(args, viewer);
    };
  };
  const find = ({ id }: { id: string }, viewer: Viewer | null): StoredOrder | null => {
    const order = stored.get(id.toLowerCase());
    return order && viewer && (viewer.isOperator || viewer.customerId === order.customerId) ? order : null;
  };
  const entity = count('entity', find);
  const resolvers = {
    Query: {
      order: count('order', async (args: { id: string }, viewer) => {
        const order = structuredClone(find(args, viewer));
        await standIn.betweenReadAndAnswer();
        return order;
      }),
      orderEventsAfter: count(
        'orderEventsAfter',
        ({ positions }: { positions: { orderId: string; after: number }[] }) =>
          positions.flatMap(({ orderId, after }) => eventsOf(stored.get(orderId), after)),
      ),
      viewer: count('viewer', (_args, viewer) => viewer),
    },
    Order: {
      __resolveReference: (reference: { id: string }, context: Context) => entity(null, reference, context),
      status: ({ changes }: StoredOrder) => changes.at(-1)!.to,
      version: ({ changes }: StoredOrder) => changes.length,
      total: () => ({ amount: '10.00', currencyCode: 'GBP' }),
      lines: () => [
        { sku: 'A', quantity: 1, unitPrice: { amount: '10.00', currencyCode: 'GBP' }, product: { sku: 'A' } },
      ],
      events: (order: StoredOrder, { after }: { after: number }) => eventsOf(order, after),
    },
    Product: { orderPrice: () => ({ amount: '10.00', currencyCode: 'GBP' }) },
  };
  const launch = (): Promise<Subgraph> =>
    startSubgraph<Context>({
      name: 'orders',
      typeDefs,
      resolvers,
      host: '127.0.0.1',
      port,
      log,
      context: (viewer) => ({ viewer }),
      readiness: async () => ({ isReady: true, body: {} }),
    });
  let server = await launch();
  port = Number(new URL(server.url).port);

  const standIn: StandInOrders = {
    url: server.graphqlUrl,
    betweenReadAndAnswer: async () => undefined,
    requests,
    commit: (orderId, to, customerId = 'local') => {
      const order = stored.get(orderId) ?? { id: orderId, customerId, changes: [] };
      stored.set(orderId, order);
      const version = order.changes.length + 1;
      const from = order.changes.at(-1)?.to ?? null;
      const change = {
        orderId,
        eventId: randomUUID(),
        version,
        from,
        to,
        occurredAt: new Date().toISOString(),
      };
      order.changes.push(change);
      return change;
    },
    stop: () => server.stop(),
    start: async () => {
      server = await launch();
    },
  };
  return standIn;
}

const eventsOf = (order: StoredOrder | undefined, after: number): object[] =>
  (order?.changes ?? [])
    .filter(({ version }) => version > after)
    .map(({ eventId, to, ...change }) => ({
      ...change,
      id: eventId,
      status: to,
      type: 'OrderPlaced',
      correlationId: eventId,
    }));
