import type { OperationKind, OperationPhase } from '../check/history.ts';
import type { HistoryWriter } from './history-writer.ts';

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
  /** Operations so far, by kind and phase; `place ok` counts also an expected no. */
  readonly counts: ReadonlyMap<`${OperationKind} ${OperationPhase}`, number>;
  /** Orders that clients were told of. */
  readonly placed: number;
  /** No new operation begins; resolves when those under way have ended, at most about 10 s later. Subscriptions stay open. */
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
export async function startLoad(_options: LoadOptions): Promise<Load> {
  return Promise.reject(new Error('not there yet'));
}
