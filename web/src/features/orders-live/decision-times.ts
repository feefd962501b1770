import type { OrderChange } from './order-row.ts';

const MOST_OPEN = 16_384;
const MOST_DONE = 4_096;

/** What a change adds to the figures; null when it is a repetition, or neither placed nor decided an order. */
export type Step =
  | { readonly kind: 'placed'; readonly tookMs: number | null }
  | { readonly kind: 'decided'; readonly tookMs: number | null };

/**
 * Pairs what placed an order with what decided it, in whichever order they come and however often. It remembers a bounded
 * number of orders: of one that waits very long no time is told. `tookMs` comes with the second of the two.
 */
export class DecisionTimes {
  readonly #placedAt = new Map<string, number>();
  readonly #decidedAt = new Map<string, number>();
  readonly #done = new Set<string>();

  add({ id, version, from, to, occurredAt }: OrderChange): Step | null {
    if (this.#done.has(id)) return null;
    const at = Date.parse(occurredAt);
    if (version === 1) return this.#pair('placed', id, at, this.#placedAt, this.#decidedAt);
    if (from !== 'PENDING') return null;
    if (to !== 'CANCELLED') return this.#pair('decided', id, at, this.#decidedAt, this.#placedAt);
    // Nobody decides an order any more that was cancelled before.
    this.#placedAt.delete(id);
    return null;
  }

  #pair(
    kind: Step['kind'],
    id: string,
    at: number,
    own: Map<string, number>,
    other: Map<string, number>,
  ): Step | null {
    if (own.has(id)) return null;
    const otherAt = other.get(id);
    if (otherAt === undefined) {
      own.set(id, at);
      if (own.size > MOST_OPEN) own.delete(own.keys().next().value!);
      return { kind, tookMs: null };
    }
    other.delete(id);
    this.#done.add(id);
    if (this.#done.size > MOST_DONE) this.#done.delete(this.#done.values().next().value!);
    return { kind, tookMs: Math.abs(at - otherAt) };
  }
}
