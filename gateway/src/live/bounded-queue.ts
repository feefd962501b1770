/** More waited for one reader than its queue holds; what waited is dropped. */
export class QueueOverflowError extends Error {
  override readonly name = 'QueueOverflowError';
}

export interface QueueOptions<Item> {
  /** Items that may wait. */
  readonly limit: number;
  /** An item takes the place of one that waits with the same key; without this, every item waits for itself. */
  readonly keyOf?: (item: Item) => string;
}

/**
 * What one slow reader has still to take. Pushing never waits: over the limit the queue drops everything and the reader
 * gets a QueueOverflowError, so that what others need is never held up or held in memory by it.
 */
export class BoundedQueue<Item> {
  readonly #options: QueueOptions<Item>;
  readonly #items = new Map<string | number, Item>();
  #pushed = 0;
  #state: 'open' | 'ended' | 'overflowed' | 'closed' = 'open';
  #wake: (() => void) | undefined;

  constructor(options: QueueOptions<Item>) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Whether more was pushed than the limit lets wait. */
  get hasOverflowed(): boolean {
    return this.#state === 'overflowed';
  }

  push(item: Item): void {
    if (this.#state !== 'open') return;
    this.#pushed += 1;
    this.#items.set(this.#options.keyOf?.(item) ?? this.#pushed, item);
    if (this.#items.size > this.#options.limit) {
      this.#items.clear();
      this.#state = 'overflowed';
    }
    this.#wake?.();
  }

  /** The reader gets what waits, and then the end. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake?.();
  }

  /** The reader gets the end at once. */
  close(): void {
    this.#items.clear();
    this.#state = 'closed';
    this.#wake?.();
  }

  /** The oldest item, once there is one; null at the end. One reader at a time. Rejects with QueueOverflowError. */
  async next(): Promise<Item | null> {
    for (;;) {
      const [oldest] = this.#items;
      if (oldest) {
        this.#items.delete(oldest[0]);
        return oldest[1];
      }
      if (this.#state === 'overflowed') throw new QueueOverflowError('The reader was too slow');
      if (this.#state !== 'open') return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
