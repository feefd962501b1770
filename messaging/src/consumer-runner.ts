import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { BatchHandlers } from './batch-handler.ts';
import { connectNats, type NatsServer } from './connection.ts';
import { heldUntil, holdConsumer, NatsAwayError } from './consumer-hold.ts';
import { runConsumer, type RunningConsumer } from './consumer.ts';
import type { Database } from './database.ts';
import { describeError } from './errors.ts';
import type { ConsumerStatus } from './runtime.ts';
import type { MessagingSettings } from './settings.ts';
import { consumers, type ConsumerName } from './topology.ts';

export interface ConsumerRunnerOptions {
  readonly server: NatsServer;
  /** Shown by the server's monitoring. */
  readonly name: string;
  readonly database: Database;
  readonly handlers: BatchHandlers;
  readonly settings: MessagingSettings;
  readonly log: Logger;
  readonly committed: () => void;
}

export interface ConsumerRunner {
  isConnected(): boolean;
  publishLive(subject: string, payload: Uint8Array | string): void;
  /** Of each consumer that runs here; empty while NATS does not answer. */
  status(): Promise<ConsumerStatus[]>;
  /** As `Messaging.holdConsumer`. */
  hold(name: ConsumerName, until: Date | null): Promise<Date | null>;
  /** Stops the consumers, does `atRest` while still connected, then drains the connection. */
  stop(atRest?: () => Promise<void>): Promise<void>;
}

const statusDeadlineMs = 1_000;

/** Connects in the background, for as long as it takes, and runs a consumer for each handler on that one connection. */
export function runConsumers(options: ConsumerRunnerOptions): ConsumerRunner {
  const { handlers, log } = options;
  const names = Object.keys(handlers) as ConsumerName[];
  const stopping = new AbortController();
  let nats: NatsConnection | null = null;
  let isConnected = false;
  let running: RunningConsumer[] = [];

  const watchConnection = async (connection: NatsConnection): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') isConnected = false;
      if (type === 'reconnect') {
        isConnected = true;
        for (const consumer of running) consumer.check();
      }
      if (type === 'disconnect' || type === 'reconnect')
        log.info({ event: `nats-${type}`, name: options.name });
    }
    isConnected = false;
  };

  const connecting = (async () => {
    const { server, name } = options;
    nats = await connectNats({ ...server, name: `${name}-consumers`, signal: stopping.signal, log });
    isConnected = true;
    void watchConnection(nats);
    if (stopping.signal.aborted) return;
    running = names.map((consumer) =>
      runConsumer({ ...options, nats: nats!, consumer, handler: handlers[consumer]! }),
    );
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ event: 'consumers-not-started', error: describeError(error) });
  });

  return {
    isConnected: () => isConnected,
    publishLive: (subject, payload) => {
      // While it connects again, the client would keep it and send it when it is no longer so.
      if (isConnected) nats?.publish(subject, payload);
    },
    status: async () => {
      if (nats === null || !isConnected) return [];
      const connection = nats;
      return Promise.all(names.map((name) => consumerStatus(connection, name))).catch(() => []);
    },
    hold: async (name, until) => {
      // While it connects again, the client might keep the request and send it when nobody waits for it any more.
      if (nats === null || !isConnected) throw new NatsAwayError('NATS is not connected');
      return holdConsumer(nats, name, until);
    },
    stop: async (atRest) => {
      stopping.abort();
      await connecting;
      await Promise.all(running.map((consumer) => consumer.stop()));
      await atRest?.();
      await closeConnection(nats, isConnected);
    },
  };
}

async function consumerStatus(nats: NatsConnection, name: ConsumerName): Promise<ConsumerStatus> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: statusDeadlineMs });
  const { stream } = consumers[name];
  const info = await manager.consumers.info(stream, name);
  return {
    name,
    stream,
    pending: info.num_pending,
    inProgress: info.num_ack_pending,
    redelivered: info.num_redelivered,
    pausedUntil: heldUntil(info),
  };
}

/** A connection that is lost has nothing to drain and would wait for its return. */
async function closeConnection(nats: NatsConnection | null, isConnected: boolean): Promise<void> {
  if (nats === null || nats.isClosed()) return;
  if (isConnected) await nats.drain().catch(() => {});
  await nats.close();
}
