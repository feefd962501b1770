import type { Logger } from '@holdfast/service';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 500;

/**
 * The gateway's one connection to NATS. NATS may be away at the start and at any time after: the link connects in the
 * background and, once connected, stays so through restarts of the server.
 */
export class NatsLink {
  readonly #url: string;
  readonly #log: Logger;
  readonly #onConnected: (nats: NatsConnection) => void;
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;
  #nats: NatsConnection | undefined;
  #isConnected = false;

  /** `onConnected` is called at the first connect and at every reconnect. */
  constructor(url: string, log: Logger, onConnected: (nats: NatsConnection) => void) {
    this.#url = url;
    this.#log = log;
    this.#onConnected = onConnected;
    this.#running = this.#run();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#nats?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        this.#nats = await this.#dial();
        await this.#watch(this.#nats);
      } catch (error) {
        this.#log.warn({ event: 'nats-away', err: error });
      }
      this.#isConnected = false;
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #dial(): Promise<NatsConnection> {
    return connect({
      servers: this.#url.split(','),
      name: 'gateway',
      maxReconnectAttempts: -1,
      reconnectTimeWait: RETRY_MS,
      timeout: 5_000,
      pingInterval: 5_000,
      maxPingOut: 2,
    });
  }

  async #watch(nats: NatsConnection): Promise<void> {
    if (this.#stopped.signal.aborted) return nats.close();
    const statuses = nats.status();
    this.#connected(nats);
    for await (const { type } of statuses) {
      if (type === 'reconnect') this.#connected(nats);
      if (type === 'disconnect') {
        this.#isConnected = false;
        this.#log.warn({ event: 'nats-disconnected' });
      }
    }
  }

  #connected(nats: NatsConnection): void {
    this.#isConnected = true;
    this.#log.info({ event: 'nats-connected', server: nats.getServer() });
    this.#onConnected(nats);
  }
}
