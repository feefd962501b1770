/** The latest durations, as many as are kept, in milliseconds. */
export class Latencies {
  readonly #most: number;
  readonly #kept: number[] = [];
  #next = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(ms: number): void {
    this.#kept[this.#next] = ms;
    this.#next = (this.#next + 1) % this.#most;
  }

  /** The least duration that at least these shares (of 1) of all kept ones do not exceed (nearest rank); null of none. */
  percentiles(shares: readonly number[]): (number | null)[] {
    const sorted = this.#kept.toSorted((one, other) => one - other);
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null);
  }
}

/** Counts what happens in each of the last whole seconds. */
export class PerSecond {
  readonly #seconds: number;
  readonly #counts = new Map<number, number>();
  #first: number | null = null;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  add(now: number): void {
    const second = Math.floor(now / 1_000);
    this.#first ??= second;
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + 1);
    for (const old of this.#counts.keys()) if (old < second - this.#seconds) this.#counts.delete(old);
  }

  /** A second, over the last whole seconds since the first count; null before there is one. */
  rate(now: number): number | null {
    const current = Math.floor(now / 1_000);
    if (this.#first === null || current <= this.#first) return null;
    const from = Math.max(this.#first, current - this.#seconds);
    let sum = 0;
    for (let second = from; second < current; second += 1) sum += this.#counts.get(second) ?? 0;
    return sum / (current - from);
  }
}
