/** Remembers the highest version seen by key, of the keys seen last. */
export class LatestVersions {
  readonly #versions = new Map<string, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether `version` is above all that were seen for `key`; it is then the highest. */
  isNews(key: string, version: number): boolean {
    const seen = this.#versions.get(key);
    if (seen !== undefined && version <= seen) return false;
    this.#versions.delete(key);
    this.#versions.set(key, version);
    if (this.#versions.size > this.#limit) this.#versions.delete(this.#versions.keys().next().value!);
    return true;
  }
}
