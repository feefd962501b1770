import { BoundedQueue } from './bounded-queue.ts';
import { LatestVersions } from './latest-versions.ts';
import { levelKey, type Availability, type StockLevel } from './stock-change.ts';

/** Levels and products whose last version one subscriber remembers; of one it has forgotten, an old state may come twice. */
const REMEMBERED = 10_000;

export interface StockWish {
  readonly sku: string | null;
  readonly facilityId: string | null;
}

/** One subscriber of levels: hears the latest state of each that it wished for, older ones never. */
export class LevelListener {
  readonly wish: StockWish;
  readonly queue: BoundedQueue<StockLevel>;
  readonly #seen = new LatestVersions(REMEMBERED);

  constructor(wish: StockWish, limit: number) {
    this.wish = wish;
    this.queue = new BoundedQueue({ limit, keyOf: levelKey });
  }

  hear(level: StockLevel): void {
    const { sku, facilityId } = this.wish;
    if ((sku !== null && sku !== level.sku) || (facilityId !== null && facilityId !== level.facilityId))
      return;
    if (this.#seen.isNews(levelKey(level), level.version)) this.queue.push(level);
  }
}

/** One subscriber of some products' availability. */
export class AvailabilityListener {
  readonly skus: ReadonlySet<string>;
  readonly queue: BoundedQueue<Availability>;
  readonly #seen = new LatestVersions(REMEMBERED);

  constructor(skus: ReadonlySet<string>) {
    this.skus = skus;
    this.queue = new BoundedQueue({ limit: skus.size, keyOf: ({ sku }) => sku });
  }

  hear(product: Availability): void {
    if (!this.skus.has(product.sku)) return;
    if (this.#seen.isNews(product.sku, product.availableVersion)) this.queue.push(product);
  }
}

/** Who of this process's subscribers hears of which stock. States may be told in any order and more than once. */
export class StockHub {
  readonly #levels = new Set<LevelListener>();
  readonly #products = new Map<string, Set<AvailabilityListener>>();
  readonly #queueLimit: number;
  #cuts = 0;

  constructor(queueLimit: number) {
    this.#queueLimit = queueLimit;
  }

  /** Subscribers that were cut because they read too slowly. */
  get cuts(): number {
    return this.#cuts;
  }

  get isHeard(): boolean {
    return this.#levels.size > 0 || this.#products.size > 0;
  }

  listenToLevels(wish: StockWish): LevelListener {
    const listener = new LevelListener(wish, this.#queueLimit);
    this.#levels.add(listener);
    return listener;
  }

  leaveLevels(listener: LevelListener): void {
    listener.queue.close();
    this.#levels.delete(listener);
  }

  listenToProducts(skus: ReadonlySet<string>): AvailabilityListener {
    const listener = new AvailabilityListener(skus);
    for (const sku of skus) this.#products.set(sku, (this.#products.get(sku) ?? new Set()).add(listener));
    return listener;
  }

  leaveProducts(listener: AvailabilityListener): void {
    listener.queue.close();
    for (const sku of listener.skus) {
      const listeners = this.#products.get(sku);
      listeners?.delete(listener);
      if (listeners?.size === 0) this.#products.delete(sku);
    }
  }

  tellLevel(level: StockLevel): void {
    for (const listener of this.#levels) {
      listener.hear(level);
      if (!listener.queue.hasOverflowed) continue;
      this.#levels.delete(listener);
      this.#cuts += 1;
    }
  }

  tellProduct(product: Availability): void {
    for (const listener of this.#products.get(product.sku) ?? []) listener.hear(product);
  }

  /** The SKUs of which somebody wants every level. */
  skusOfLevels(): string[] {
    return [...new Set([...this.#levels].flatMap(({ wish: { sku } }) => (sku === null ? [] : [sku])))];
  }

  /** The SKUs whose availability somebody wants. */
  skusOfProducts(): string[] {
    return [...this.#products.keys()];
  }
}
