import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describeError } from './errors.ts';

const retryMs = 500;
/** Attempts from one line in the log to the next. */
const sayEvery = 60;

/** Where NATS is, and as whom to be there. */
export interface NatsServer {
  /** One `nats://host:port`, or several with commas between; `tls://` for servers that are refused without TLS. */
  readonly url: string;
  /** With a password, or neither. Answers then come to inboxes of that user's own. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** A PEM file with the authorities of the servers' certificates, read at every connect; TLS is then a must. */
  readonly caFile?: string | undefined;
}

export interface NatsConnectOptions extends NatsServer {
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
      if (attempt % sayEvery === 1)
        options.log.warn({ event: 'nats-unreachable', name: options.name, error: describeError(error) });
    }
    await delay(retryMs, undefined, { signal: options.signal });
  }
}

/** Where a user's answers come; nobody else may listen there. */
export const inboxPrefix = (user: string): string => `_INBOX_${user}`;

const dial = ({ url, user, password, caFile, name, reconnect = true }: NatsConnectOptions) => {
  const servers = url.split(',').map((server) => server.trim());
  const mustBeTls = caFile !== undefined || servers.some((server) => server.startsWith('tls://'));
  return connect({
    servers,
    name,
    ...(user === undefined ? {} : { user, pass: password ?? '', inboxPrefix: inboxPrefix(user) }),
    // Without this a server that offers no TLS would be given the password as it is.
    ...(mustBeTls ? { tls: caFile === undefined ? {} : { caFile } } : {}),
    // A password that is being changed on the servers must not end a connection for good.
    ignoreAuthErrorAbort: true,
    reconnect,
    maxReconnectAttempts: -1,
    reconnectTimeWait: retryMs,
    timeout: 5_000,
    pingInterval: 5_000,
    maxPingOut: 2,
    // Otherwise every request captures a stack, which costs more than the publish.
    noAsyncTraces: true,
  });
};
