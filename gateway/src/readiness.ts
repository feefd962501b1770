import type { Readiness } from '@holdfast/service';
import { setTimeout as delay } from 'node:timers/promises';
import type { SubgraphClient } from './subgraph-client.ts';

const RETRY_MS = 250;
const nobody = { customerId: 'local', isOperator: false };

/** Asks each subgraph until it has answered once; one that goes away later changes nothing. */
export class FirstAnswers {
  readonly #answered = new Map<string, boolean>();
  readonly #stopped = new AbortController();
  readonly #asking: Promise<unknown>;

  constructor(subgraphs: readonly SubgraphClient[]) {
    for (const { name } of subgraphs) this.#answered.set(name, false);
    this.#asking = Promise.all(subgraphs.map((subgraph) => this.#ask(subgraph)));
  }

  readiness(body: Readonly<Record<string, unknown>>): Readiness {
    const isReady = [...this.#answered.values()].every(Boolean);
    return { isReady, body: { subgraphsAnswered: Object.fromEntries(this.#answered), ...body } };
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#asking;
  }

  async #ask(subgraph: SubgraphClient): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted && !this.#answered.get(subgraph.name)) {
      try {
        await subgraph.data(nobody, { query: '{ __typename }' });
        this.#answered.set(subgraph.name, true);
      } catch {
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
