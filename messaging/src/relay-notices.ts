import { Client } from 'pg';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

const channel = 'holdfast_relay';
const reconnectMs = 1_000;
const answerWithinMs = 5_000;
const closeWithinMs = 1_000;

/** Wakes the relay that holds the lease, from whichever process committed facts. A hint: it may be lost. */
export interface RelayNotices {
  /** Tells every relay of this database; calls while one is being sent become one more. */
  send(): void;
  stop(): Promise<void>;
}

/** Listens on one connection of its own, which is made again whenever it is lost; sends on it too, outside of any transaction. */
export function openRelayNotices(url: string, onNotice: () => void, log: Logger): RelayNotices {
  const stopping = new AbortController();
  let client: Client | null = null;
  let isSending = false;
  let isOneMoreWanted = false;

  const listen = async () => {
    const socket = new Socket();
    const candidate = new Client({
      connectionString: url,
      stream: () => socket,
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    const ended = new Promise<void>((resolve) => candidate.once('end', resolve).on('error', () => resolve()));
    candidate.on('notification', onNotice);
    try {
      await candidate.connect();
      await candidate.query(`listen ${channel}`);
      client = candidate;
      onNotice();
      await Promise.race([ended, aborted(stopping.signal)]);
    } finally {
      client = null;
      // A server that is frozen does not take leave.
      await Promise.race([candidate.end().catch(() => {}), delay(closeWithinMs, undefined, { ref: false })]);
      socket.destroy();
    }
  };

  const keepListening = async () => {
    while (!stopping.signal.aborted) {
      await listen().catch((error: unknown) =>
        log.warn({ event: 'relay-notices-lost', err: error }, 'listening again'),
      );
      await delay(reconnectMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const send = async () => {
    if (isSending) {
      isOneMoreWanted = true;
      return;
    }
    isSending = true;
    do {
      isOneMoreWanted = false;
      await client?.query(`notify ${channel}`).catch(() => {});
    } while (isOneMoreWanted);
    isSending = false;
  };

  const listening = keepListening();
  return {
    send: () => void send(),
    stop: async () => {
      stopping.abort();
      await listening;
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
