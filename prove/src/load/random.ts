/** Numbers that follow from a seed: the same seed gives the same ones. */
export interface Random {
  /** From 0 up to and without 1. */
  next(): number;
  /** A whole number from `from` to `to`, both possible. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...(readonly Item[])]): Item;
  pick<Item>(items: readonly Item[]): Item | undefined;
  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name;
  /** Waiting times of independent events, `mean` on average, at most ten times that. */
  exponential(mean: number): number;
  /** Another source that follows from this seed and the name, whatever this one has given so far. */
  fork(name: string): Random;
}

/** mulberry32, of 32 bits of state: good enough to mix operations, not for secrets. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item,
    weighted: (weights) => {
      const entries = Object.entries(weights) as [never, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1)!)[0];
    },
    exponential: (mean) => Math.min(-Math.log(1 - next()) * mean, 10 * mean),
    fork: (name) =>
      randomOf(
        Array.from(name).reduce(
          (hash, char) => Math.imul(hash ^ char.codePointAt(0)!, 0x01000193),
          seed ^ 0x811c9dc5,
        ),
      ),
  };
}
