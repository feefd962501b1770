import { setMaxListeners } from 'node:events';
import type { OperationKind, OperationPhase } from '../check/history.ts';
import { catalogueOf } from './catalogue.ts';
import { runClient, type Board } from './client.ts';
import { createGatewayHttp } from './gateway-http.ts';
import type { HistoryWriter } from './history-writer.ts';
import { openLiveLink } from './live-link.ts';
import { createOperations, type OrderOperation } from './operations.ts';
import { watchAllOrders } from './operator-watch.ts';
import { randomOf } from './random.ts';
import { settleLoad } from './settle-load.ts';
import { setUp } from './setup.ts';
import { runSlowReader } from './slow-reader.ts';
import { runSupplier } from './supplier.ts';

export interface LoadOptions {
  /** One or more, such as `http://127.0.0.1:4000/graphql`; clients change from one to the next. */
  readonly gatewayUrls: readonly string[];
  readonly seed: number;
  readonly history: HistoryWriter;
  /** Of all clients together, when answers are quick; less when they are not. Default 30. */
  readonly ordersPerSecond?: number;
  /** Default 24. */
  readonly clients?: number;
  /** Clients that from time to time stop reading their socket. Default 2. */
  readonly slowClients?: number;
  /** Whether what is reserved is a hold, which has to be confirmed and ends otherwise. Default false. */
  readonly hasHolds?: boolean;
  /** Whether holds are extended, by a minute, after which the longest of them end. Default true. */
  readonly extendsHolds?: boolean;
  /** An answer that takes longer is given up. Default 8,000. */
  readonly answerWithinMs?: number;
  /** Upper bound for the setup of products, facilities and stock, which is tried again until it works. Default 60,000. */
  readonly setupWithinMs?: number;
}

export interface Settled {
  /** Whether every outcome is known and every watched order rests. */
  readonly isSettled: boolean;
  readonly tookMs: number;
  /** What is not, in words, at most 20. */
  readonly waiting: readonly string[];
}

export interface Load {
  /** Part of every customer id, SKU and key of this run. */
  readonly runId: string;
  /** Operations so far, by kind and phase; `place ok` counts also an expected no. */
  readonly counts: ReadonlyMap<`${OperationKind} ${OperationPhase}`, number>;
  /** Orders that clients were told of. */
  readonly placed: number;
  /** As an edge that hears of a gateway that goes away: what is sent from now on is sent on new connections. */
  changeConnections(): void;
  /** No new operation begins; resolves when those under way have ended, at the latest when their answers are given up. Subscriptions stay open. */
  stop(): Promise<void>;
  /**
   * To be called once, after `stop` and after all faults are healed: repeats every place with an unknown outcome until it
   * is known, waits until every watched order rests and its watchers have heard so, and closes all connections, whatever
   * the outcome. Resolves within `withinMs` and about 10 s.
   */
  settle(withinMs: number): Promise<Settled>;
}

/**
 * Loads products, facilities and stock through the gateway, then lets concurrent clients place, repeat, cancel, confirm,
 * extend, ship, deliver, receive, read and subscribe, in an order that follows from `seed`; each operation and each message
 * of a subscription is written into the history. Which operations there are is asked of the gateway's schema. Resolves when
 * the clients run; rejects when the setup does not work in its time.
 */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const { gatewayUrls: urls, seed, history } = options;
  const { ordersPerSecond = 30, clients = 24, slowClients = 2, setupWithinMs = 60_000 } = options;
  const random = randomOf(seed);
  const runId = `p${seed}-${Date.now().toString(36)}`;
  history.write({ kind: 'run', seed, runId, gateways: urls });
  const gateways = urls.map((url) => createGatewayHttp(url, clients + 4, options.answerWithinMs));
  const operations = createOperations(gateways, history);
  const catalogue = catalogueOf(runId);
  const mutations = await setUp({ runId, catalogue, gateways, operations, withinMs: setupWithinMs });
  const canDo = new Set(operationsOf(mutations));
  if (options.extendsHolds === false) canDo.delete('extend');

  const board = createBoard();
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal);
  const shared = { urls, operations, history, catalogue, board, canDo, signal };
  const running = Array.from({ length: clients }, (_, number) => {
    const client = `${runId}-c${number + 1}`;
    return runClient({
      ...shared,
      client,
      customer: client,
      firstGateway: number % urls.length,
      random: random.fork(`client ${number}`),
      meanPauseMs: (clients * 1_000 * placeShare) / ordersPerSecond,
    });
  });
  const slow = Array.from({ length: slowClients }, (_, number) =>
    runSlowReader({
      ...shared,
      client: `${runId}-slow${number + 1}`,
      firstGateway: number % urls.length,
      random: random.fork(`slow ${number}`),
      newestOrders: () => board.newest(),
    }),
  );
  const suppliers = Array.from({ length: supplierCount }, (_, number) =>
    runSupplier({
      ...shared,
      runId,
      client: `supplier${number + 1}`,
      gateways: urls.length,
      random: random.fork(`supplier ${number}`),
    }),
  );
  const operatorLink = openLiveLink(urls, 0);
  const endOperatorWatch = watchAllOrders('operator', operatorLink, history);

  return {
    runId,
    counts: operations.counts,
    get placed() {
      return board.count();
    },
    changeConnections: () => {
      for (const gateway of gateways) gateway.changeConnections();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...running, ...slow, ...suppliers]);
    },
    settle: async (withinMs) => {
      const remains = await Promise.all(running);
      const others = await Promise.all(slow);
      const settled = await settleLoad({
        clients: remains,
        others,
        operations,
        gateways: urls.length,
        canDo,
        hasHolds: options.hasHolds ?? false,
        withinMs,
      });
      endOperatorWatch();
      operatorLink.close();
      for (const remaining of [...remains, ...others]) {
        for (const watch of remaining.watches) watch.abandon();
        remaining.close();
      }
      await Promise.all(gateways.map((gateway) => gateway.close()));
      return settled;
    },
  };
}

/** Of a client's operations, those that place a new order; see the weights in client.ts. */
const placeShare = 0.4;
const supplierCount = 2;
const ordersOnBoard = 300;

const fields: Readonly<Partial<Record<OrderOperation, string>>> = {
  confirm: 'confirmOrder',
  extend: 'extendHold',
  ship: 'shipOrder',
  deliver: 'deliverOrder',
};

function operationsOf(mutations: ReadonlySet<string>): ReadonlySet<OrderOperation> {
  const all: readonly OrderOperation[] = ['read', 'cancel', 'confirm', 'extend', 'ship', 'deliver'];
  return new Set(all.filter((kind) => fields[kind] === undefined || mutations.has(fields[kind])));
}

function createBoard(): Board & { count(): number } {
  const orders: string[] = [];
  let count = 0;
  return {
    add: (orderId) => {
      count += 1;
      orders.push(orderId);
      if (orders.length > ordersOnBoard) orders.shift();
    },
    newest: () => orders,
    count: () => count,
  };
}
