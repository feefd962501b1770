import type { Logger } from 'pino';
import type { BatchHandlers } from './batch-handler.ts';
import type { NatsServer } from './connection.ts';
import { runConsumers } from './consumer-runner.ts';
import type { Context } from './contracts/contracts.ts';
import type { Database } from './database.ts';
import { startInboxCleaning } from './inbox-cleaning.ts';
import { countParked } from './list-parked.ts';
import { outboxStatus } from './outbox.ts';
import type { ParkedResult } from './parked.ts';
import { redriveParked } from './redrive.ts';
import { relayStatus, type RelayStatus } from './relay-lease.ts';
import { startRelay } from './relay.ts';
import { defaultMessagingSettings, type MessagingSettings } from './settings.ts';
import type { ConsumerName, StreamName } from './topology.ts';

export interface StartMessagingOptions {
  /** Whose facts this service states: the relay publishes to this context's stream. */
  readonly context: Context;
  readonly database: Database;
  readonly nats: NatsServer;
  readonly log: Logger;
  /** The durable consumers this service runs. */
  readonly handlers: BatchHandlers;
  readonly settings?: Partial<MessagingSettings>;
}

export interface ConsumerStatus {
  readonly name: ConsumerName;
  readonly stream: StreamName;
  /** Messages in the stream that were never delivered. */
  readonly pending: number;
  /** Messages delivered and not yet acknowledged. */
  readonly inProgress: number;
  /** Messages of those in progress that were delivered more than once. */
  readonly redelivered: number;
  /** Until when it is held; null when it is not. */
  readonly pausedUntil: Date | null;
}

export interface MessagingStatus {
  readonly nats: 'connected' | 'disconnected';
  /** Facts stated and not yet published. */
  readonly outboxRows: number;
  /** When the oldest of those was stated; null when there is none. */
  readonly outboxOldestAt: Date | null;
  readonly relay: RelayStatus;
  /** Empty while NATS does not answer. */
  readonly consumers: readonly ConsumerStatus[];
}

export interface Messaging {
  /** Tells the relay that facts were committed. Cheap, and safe to call too often. */
  wake(): void;
  /** Whether NATS is connected now, so that its consumers can be told of something. */
  isConnected(): boolean;
  /** Rejects when the database does not answer; NATS may be away. */
  status(): Promise<MessagingStatus>;
  /** Open parked messages of each consumer that it runs. Rejects when the database does not answer. */
  countParked(): Promise<ReadonlyMap<ConsumerName, number>>;
  /** Sends on a plain subject, at most once: dropped while NATS is away. For live stock levels only. */
  publishLive(subject: string, payload: Uint8Array | string): void;
  /**
   * Has nothing more delivered to a durable consumer, in all replicas, until an instant by the server's clock; null ends that
   * at once. Resolves with when it ends, null when it is not held. The latest call decides. Rejects with NatsAwayError.
   */
  holdConsumer(name: ConsumerName, until: Date | null): Promise<Date | null>;
  /** Runs the handlers on parked messages, each in one transaction that also closes the row. Safe to repeat. */
  redrive(ids: readonly string[], by: string): Promise<ParkedResult>;
  /**
   * Stops pulling, lets batches in work commit and be acknowledged, does `atRest` while `publishLive` still works, then
   * drains the connection and stops the relay.
   */
  stop(atRest?: () => Promise<void>): Promise<void>;
}

/**
 * Starts a service's relay and durable consumers and returns at once: it connects in the background and goes on through
 * every absence of NATS or PostgreSQL.
 */
export function startMessaging(options: StartMessagingOptions): Messaging {
  const { context, database, nats, log, handlers } = options;
  const settings = { ...defaultMessagingSettings, ...options.settings };
  const relay = startRelay({ context, database, nats, log, settings });
  const runner = runConsumers({
    server: nats,
    name: context,
    database,
    handlers,
    settings,
    log,
    committed: () => relay.wake(),
  });
  const cleaning = startInboxCleaning(database, log);
  return {
    wake: () => relay.wake(),
    isConnected: () => runner.isConnected(),
    publishLive: (subject, payload) => runner.publishLive(subject, payload),
    status: async () => {
      const [outbox, relay, consumers] = await Promise.all([
        outboxStatus(database.read),
        relayStatus(database.read),
        runner.status(),
      ]);
      return {
        nats: runner.isConnected() ? 'connected' : 'disconnected',
        outboxRows: outbox.rows,
        outboxOldestAt: outbox.oldestAt,
        relay,
        consumers,
      };
    },
    countParked: async () => {
      const counts = await countParked(database);
      const names = Object.keys(handlers) as ConsumerName[];
      return new Map(names.map((name) => [name, counts.get(name) ?? 0]));
    },
    holdConsumer: (name, until) => runner.hold(name, until),
    redrive: async (ids, by) => {
      const result = await redriveParked(database, handlers, ids, by);
      if (result.changed > 0) relay.wake();
      return result;
    },
    stop: async (atRest) => {
      await cleaning.stop();
      await runner.stop(atRest);
      await relay.stop();
    },
  };
}
