import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

const retryMs = 500;

export interface NatsConnectOptions {
  /** One `nats://host:port`, or several with commas between. */
  readonly url: string;
  /** Shown by the server's monitoring. */
  readonly name: string;
  /** False: a lost connection is closed for good, and nothing that was buffered is sent later. Default true. */
  readonly reconnect?: boolean;
  /** Ends the wait for a first connection, which then rejects. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Resolves once a server is reached, however long that takes, and then stays connected through restarts of the server.
 * Rejects only when `signal` is aborted first.
 */
export async function connectNats(options: NatsConnectOptions): Promise<NatsConnection> {
  for (let attempt = 1; ; attempt += 1) {
    options.signal.throwIfAborted();
    try {
      return await dial(options);
    } catch (error) {
      if (attempt === 1)
        options.log.warn({ event: 'nats-unreachable', name: options.name, err: error }, 'waiting for NATS');
    }
    await delay(retryMs, undefined, { signal: options.signal });
  }
}

const dial = ({ url, name, reconnect = true }: NatsConnectOptions): Promise<NatsConnection> =>
  connect({
    servers: url.split(',').map((server) => server.trim()),
    name,
    reconnect,
    maxReconnectAttempts: -1,
    reconnectTimeWait: retryMs,
    timeout: 5_000,
    pingInterval: 5_000,
    maxPingOut: 2,
    // Otherwise every request captures a stack, which costs more than the publish.
    noAsyncTraces: true,
  });
