import type { Level, LevelKey } from '../domain/stock.ts';
import { levelName } from '../domain/stock.ts';

/** Levels and the products they belong to, all as they stood at `occurredAt` or later. */
export interface LiveStockMessage {
  readonly occurredAt: string;
  readonly levels: readonly Level[];
  readonly products: readonly {
    readonly sku: string;
    readonly available: number;
    readonly availableVersion: number;
  }[];
}

export interface LiveStockOptions {
  readonly read: (keys: readonly LevelKey[]) => Promise<LiveStockMessage>;
  readonly publish: (message: LiveStockMessage) => void;
  readonly onError: (error: unknown) => void;
}

/** Four a second for each level. */
const intervalMs = 250;
/** A change is mostly noted just before its commit. */
const commitMs = 10;
/** After this long a noted version that never showed was rolled back. */
const patienceMs = 30_000;
/** After a failed round. */
const errorPauseMs = 2_000;
/** Even the longest texts keep a message of so many levels below 1 MiB. */
const maxLevels = 400;

interface Awaited {
  readonly key: LevelKey;
  readonly version: number;
  readonly giveUpAt: number;
}

/**
 * Tells who watches about levels that changed: their latest state, read at sending, each at most four times a second and
 * never leaving out the last. A change may be noted before its commit: the level is read until the noted version shows.
 */
export class LiveStock {
  readonly #options: LiveStockOptions;
  readonly #awaited = new Map<string, Awaited>();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #lastRoundAt = -Infinity;
  #isStopped = false;

  constructor(options: LiveStockOptions) {
    this.#options = options;
  }

  note(levels: readonly Level[]): void {
    const giveUpAt = performance.now() + patienceMs;
    for (const level of levels) {
      const name = levelName(level);
      const version = Math.max(level.version, this.#awaited.get(name)?.version ?? 0);
      this.#awaited.set(name, { key: level, version, giveUpAt });
    }
    this.#schedule();
  }

  /** Sends what is still to be sent, once, and nothing after it. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isStopped = true;
    await this.#sending;
    await this.#sendAll();
  }

  #schedule(): void {
    if (this.#isStopped || this.#timer !== undefined || this.#sending !== undefined) return;
    if (this.#awaited.size === 0) return;
    const waitMs = Math.max(commitMs, this.#lastRoundAt + intervalMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sending = this.#sendAll().finally(() => {
        this.#sending = undefined;
        this.#schedule();
      });
    }, waitMs);
  }

  async #sendAll(): Promise<void> {
    this.#lastRoundAt = performance.now();
    const awaited = [...this.#awaited.values()];
    try {
      for (let start = 0; start < awaited.length; start += maxLevels) {
        await this.#send(awaited.slice(start, start + maxLevels));
      }
    } catch (error) {
      this.#lastRoundAt += errorPauseMs;
      this.#options.onError(error);
    }
  }

  async #send(awaited: readonly Awaited[]): Promise<void> {
    const message = await this.#options.read(awaited.map(({ key }) => key));
    const versions = new Map(message.levels.map((level) => [levelName(level), level.version]));
    const sent = new Set<string>();
    for (const each of awaited) {
      const name = levelName(each.key);
      const isShown = (versions.get(name) ?? 0) >= each.version;
      if (!isShown && performance.now() < each.giveUpAt) continue;
      sent.add(name);
      if (this.#awaited.get(name) === each) this.#awaited.delete(name);
    }
    if (sent.size === 0) return;
    const levels = message.levels.filter((level) => sent.has(levelName(level)));
    const skus = new Set(levels.map(({ sku }) => sku));
    this.#options.publish({
      ...message,
      levels,
      products: message.products.filter(({ sku }) => skus.has(sku)),
    });
  }
}
