import type { Logger } from '@holdfast/service';
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;

/**
 * Work that is asked for from many sides and runs one at a time. A wish during a run is answered by one more run, a run
 * that fails is repeated, after 250 ms at first and 10 s at most, until it succeeds or the task is stopped.
 */
export class BackgroundTask {
  readonly #name: string;
  readonly #work: () => Promise<void>;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #isWanted = false;
  #running: Promise<void> | undefined;

  constructor(name: string, log: Logger, work: () => Promise<void>) {
    this.#name = name;
    this.#log = log;
    this.#work = work;
  }

  request(): void {
    this.#isWanted = true;
    this.#running ??= this.#runWhileWanted().finally(() => {
      this.#running = undefined;
      if (this.#isWanted && !this.#stopped.signal.aborted) this.request();
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #runWhileWanted(): Promise<void> {
    const { signal } = this.#stopped;
    let retryMs = FIRST_RETRY_MS;
    while (this.#isWanted && !signal.aborted) {
      this.#isWanted = false;
      try {
        await this.#work();
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        this.#log.warn({ event: 'task-failed', task: this.#name, retryMs, err: error });
        this.#isWanted = true;
        await delay(retryMs, undefined, { signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }
}
