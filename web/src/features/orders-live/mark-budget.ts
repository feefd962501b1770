/** Decides what is marked as new or changed: when everything changes, marks say nothing and cost much. */
export class MarkBudget {
  readonly #most: number;
  #since = 0;
  #spent = 0;

  /** At most so many marks a second. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What `count` rows are marked with: now, or 0 when that would be too many. */
  markFor(count: number, now: number): number {
    if (now - this.#since >= 1_000) {
      this.#since = now;
      this.#spent = 0;
    }
    this.#spent += count;
    return this.#spent > this.#most ? 0 : now;
  }
}
