import { connectNats, type NatsServer } from '@holdfast/messaging';
import type { Logger } from '@holdfast/service';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * The gateway's one connection to NATS. NATS may be away at the start and at any time after: the link connects in the
 * background and, once connected, stays so through restarts of the server.
 */
export class NatsLink {
  readonly #log: Logger;
  readonly #onConnected: (nats: NatsConnection) => void;
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;
  #nats: NatsConnection | undefined;
  #isConnected = false;

  /** `onConnected` is called at the first connect and at every reconnect. */
  constructor(server: NatsServer, log: Logger, onConnected: (nats: NatsConnection) => void) {
    this.#log = log;
    this.#onConnected = onConnected;
    this.#running = this.#run(server);
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#nats?.close();
    await this.#running;
  }

  async #run(server: NatsServer): Promise<void> {
    const { signal } = this.#stopped;
    try {
      this.#nats = await connectNats({ ...server, name: 'gateway', signal, log: this.#log });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) return this.#nats.close();
    const statuses = this.#nats.status();
    this.#connected(this.#nats);
    for await (const { type } of statuses) {
      if (type === 'reconnect') this.#connected(this.#nats);
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
