interface Edge {
  readonly cursor: string;
}

/** The beginning of a list that grows at its top. */
export interface NewestFirst<E extends Edge> {
  readonly edges: readonly E[];
  /** Whether there is more behind the last one. */
  readonly hasMore: boolean;
}

/**
 * A list with its top read again: what the fresh page holds is as it says, and what was known behind it stays. At most
 * `most` are kept, so that a list that grows at its top never grows. When more is new than the page holds, the page
 * alone is what is known without a gap.
 */
export function withFreshTop<E extends Edge>(
  known: NewestFirst<E>,
  fresh: NewestFirst<E>,
  most: number,
  idOf: (edge: E) => string,
): NewestFirst<E> {
  const ids = new Set(fresh.edges.map(idOf));
  const lastShared = known.edges.findLastIndex((edge) => ids.has(idOf(edge)));
  if (lastShared === -1 || !fresh.hasMore) return cut(fresh, most);
  const behind = known.edges.slice(lastShared + 1);
  return cut(
    {
      edges: [...fresh.edges, ...behind],
      hasMore: behind.length > 0 ? known.hasMore : fresh.hasMore,
    },
    most,
  );
}

/** A list with the page that follows its last one; what the page repeats is left out. */
export function withNextPage<E extends Edge>(
  known: NewestFirst<E>,
  page: NewestFirst<E>,
  idOf: (edge: E) => string,
): NewestFirst<E> {
  const ids = new Set(known.edges.map(idOf));
  return {
    edges: [...known.edges, ...page.edges.filter((edge) => !ids.has(idOf(edge)))],
    hasMore: page.hasMore,
  };
}

/** What stands in a fresh page above the first one that is known; all of it when it holds none that is. */
export function newerThan<E extends Edge>(
  known: NewestFirst<E>,
  fresh: NewestFirst<E>,
  idOf: (edge: E) => string,
): { readonly count: number; readonly areMore: boolean } {
  const ids = new Set(known.edges.map(idOf));
  const first = fresh.edges.findIndex((edge) => ids.has(idOf(edge)));
  return first === -1
    ? { count: fresh.edges.length, areMore: fresh.hasMore }
    : { count: first, areMore: false };
}

/** The known ones as a fresh page describes them now, in their old order and number. */
export function withFreshContent<E extends Edge>(
  known: NewestFirst<E>,
  fresh: NewestFirst<E>,
  idOf: (edge: E) => string,
): NewestFirst<E> {
  const byId = new Map(fresh.edges.map((edge) => [idOf(edge), edge]));
  return { ...known, edges: known.edges.map((edge) => byId.get(idOf(edge)) ?? edge) };
}

const cut = <E extends Edge>({ edges, hasMore }: NewestFirst<E>, most: number): NewestFirst<E> => ({
  edges: edges.slice(0, most),
  hasMore: hasMore || edges.length > most,
});
