import { liveStockSubject } from '@holdfast/messaging';
import type { Logger } from '@holdfast/service';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { SubgraphClient } from '../subgraph-client.ts';
import { BackgroundTask } from './background-task.ts';
import { readAvailability, readLevels } from './inventory-questions.ts';
import { liveStock } from './stock-change.ts';
import type { StockHub } from './stock-hub.ts';

/** Passes on what inventory says of its stock, and reads the stock as it is when something may have been missed. */
export class StockFeed {
  readonly #hub: StockHub;
  readonly #log: Logger;
  readonly #reading: BackgroundTask;
  #subscription: Subscription | undefined;

  constructor(inventory: SubgraphClient, hub: StockHub, log: Logger) {
    this.#hub = hub;
    this.#log = log;
    this.#reading = new BackgroundTask('read-stock', log, async () => {
      for (const level of await readLevels(inventory, hub.skusOfLevels())) hub.tellLevel(level);
      for (const product of await readAvailability(inventory, hub.skusOfProducts())) hub.tellProduct(product);
    });
  }

  /** To be called at every connect; the client itself keeps the subscription through a reconnect. */
  connected(nats: NatsConnection): void {
    if (!this.#subscription || this.#subscription.isClosed()) {
      this.#subscription = nats.subscribe(liveStockSubject, {
        callback: (_error, { data }) => this.#hear(data),
      });
    }
    this.refresh();
  }

  /** Tells every subscriber that wished for certain SKUs how they stand now. */
  refresh(): void {
    if (this.#hub.isHeard) this.#reading.request();
  }

  async stop(): Promise<void> {
    await this.#reading.stop();
  }

  #hear(data: Uint8Array): void {
    if (!this.#hub.isHeard) return;
    try {
      const { occurredAt, levels, products } = liveStock.parse(JSON.parse(new TextDecoder().decode(data)));
      for (const level of levels) this.#hub.tellLevel({ ...level, occurredAt });
      for (const product of products) this.#hub.tellProduct(product);
    } catch (error) {
      this.#log.warn({ event: 'live-stock-unreadable', err: error });
    }
  }
}
