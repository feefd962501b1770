import type { OrderChange } from './order-row.ts';

/**
 * The latest change of each of the orders that changed last, at most `most` of them. It tells a change from its
 * repetition, and knows what an answer that began before a change cannot know.
 */
export class RecentChanges {
  readonly #most: number;
  readonly #latest = new Map<string, OrderChange>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False when this change, or a later one of the same order, is known already. */
  add(change: OrderChange): boolean {
    const known = this.#latest.get(change.id);
    if (known !== undefined && known.version >= change.version) return false;
    this.#latest.delete(change.id); // Set anew, it is the last to be forgotten.
    this.#latest.set(change.id, change);
    if (this.#latest.size > this.#most) this.#latest.delete(this.#latest.keys().next().value!);
    return true;
  }

  of(id: string): OrderChange | undefined {
    return this.#latest.get(id);
  }
}
