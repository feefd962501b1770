import type { Logger } from '@holdfast/service';
import type { SubgraphClient } from '../subgraph-client.ts';
import { BackgroundTask } from './background-task.ts';
import type { OrderHub } from './order-hub.ts';
import { POSITIONS_PER_REQUEST, readJournal } from './orders-questions.ts';

/** Fills what the stream did not bring: asks orders what open orders did after the versions that their subscribers have. */
export class JournalReader {
  readonly #orders: SubgraphClient;
  readonly #hub: OrderHub;
  readonly #gaps = new Set<string>();
  readonly #task: BackgroundTask;
  #isSweepWanted = false;

  constructor(orders: SubgraphClient, hub: OrderHub, log: Logger) {
    this.#orders = orders;
    this.#hub = hub;
    this.#task = new BackgroundTask('read-journal', log, () => this.#read());
  }

  /** For every open order. */
  sweep(): void {
    this.#isSweepWanted = true;
    this.#task.request();
  }

  /** For one order of which a later change came. */
  fill(orderId: string): void {
    this.#gaps.add(orderId);
    this.#task.request();
  }

  stop(): Promise<void> {
    return this.#task.stop();
  }

  async #read(): Promise<void> {
    const hub = this.#hub;
    const isSweep = this.#isSweepWanted;
    const gaps = [...this.#gaps];
    this.#isSweepWanted = false;
    this.#gaps.clear();
    try {
      const positions = isSweep ? hub.positions() : hub.positions(gaps);
      for (let start = 0; start < positions.length; start += POSITIONS_PER_REQUEST) {
        const asked = positions.slice(start, start + POSITIONS_PER_REQUEST);
        for (const change of await readJournal(this.#orders, asked)) hub.tellOrder(change);
      }
    } catch (error) {
      this.#isSweepWanted ||= isSweep;
      for (const orderId of gaps) this.#gaps.add(orderId);
      throw error;
    }
  }
}
