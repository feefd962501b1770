import { useEffect, useRef, useState } from 'react';
import { CombinedError, type AnyVariables, type Client, type TypedDocumentNode } from 'urql';
import { useUncachedClient } from '../features/viewer/session-provider.tsx';
import { atMostEvery, type Coalesced } from './at-most-every.ts';
import { withFreshTop, withNextPage, type NewestFirst } from './newest-first.ts';

interface Edge {
  readonly cursor: string;
}

interface Connection<E extends Edge> {
  readonly edges: readonly E[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

interface Paging {
  readonly first: number;
  readonly after: string | null;
}

interface Wanted<Data, Variables, E extends Edge> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variablesOf: (page: Paging) => Variables;
  readonly connectionOf: (data: Data) => Connection<E> | null;
  readonly idOf: (edge: E) => string;
}

export interface NewestFirstList<E extends Edge> {
  /** Null before the first answer. */
  readonly list: NewestFirst<E> | null;
  /** Why the latest reading failed; what was read before it stays. */
  readonly error: CombinedError | null;
  readonly isReadingMore: boolean;
  readonly readMore: () => void;
  /** Reads the top again, soon and at most once a second. */
  readonly readTop: () => void;
}

export const pageLength = 50;
/** As many as one page of the API may hold. */
const LONGEST_PAGE = 100;
const READ_TOP_EVERY_MS = 1_000;

/** A list that grows at its top. It is as long as was asked for by `readMore`, however much is new. */
export function useNewestFirst<Data, Variables extends AnyVariables, E extends Edge>(
  wanted: Wanted<Data, Variables, E>,
): NewestFirstList<E> {
  const client = useUncachedClient();
  const key = JSON.stringify(wanted.variablesOf({ first: 0, after: null }));
  const [state, setState] = useState<{
    key: string;
    list: NewestFirst<E> | null;
    error: CombinedError | null;
  }>({ key, list: null, error: null });
  const [isReadingMore, setIsReadingMore] = useState(false);
  const latest = useRef({ wanted, most: pageLength });
  latest.current.wanted = wanted;
  const top = useRef<Coalesced | null>(null);

  useEffect(() => {
    let isCurrent = true;
    latest.current.most = pageLength;
    const reader = atMostEvery(READ_TOP_EVERY_MS, async () => {
      const { most, wanted } = latest.current;
      const fresh = await readPage(client, wanted, { first: Math.min(most, LONGEST_PAGE), after: null });
      if (!isCurrent) return;
      setState(({ key: of, list }) => {
        const known = of === key ? list : null;
        if (!('edges' in fresh)) return { key, list: known, error: fresh };
        const { idOf } = latest.current.wanted;
        return {
          key,
          list: known === null ? fresh : withFreshTop(known, fresh, latest.current.most, idOf),
          error: null,
        };
      });
    });
    top.current = reader;
    reader.wish();
    return () => {
      isCurrent = false;
      reader.stop();
    };
  }, [client, key]);

  const current = state.key === key ? state : { key, list: null, error: null };
  const readMore = async (): Promise<void> => {
    const last = current.list?.edges.at(-1);
    if (last === undefined || isReadingMore) return;
    setIsReadingMore(true);
    // Makes room first: were the top to push the last one out meanwhile, the page would not follow the new last one.
    latest.current.most = current.list!.edges.length + pageLength;
    const page = await readPage(client, wanted, { first: pageLength, after: last.cursor });
    setIsReadingMore(false);
    setState((now) => {
      if (now.key !== key || now.list === null) return now;
      if (!('edges' in page)) return { ...now, error: page };
      // So much may be new that the list began anew.
      if (now.list.edges.at(-1)?.cursor !== last.cursor) return now;
      return { key, list: withNextPage(now.list, page, latest.current.wanted.idOf), error: null };
    });
  };
  return {
    list: current.list,
    error: current.error,
    isReadingMore,
    readMore: () => void readMore(),
    readTop: () => top.current?.wish(),
  };
}

async function readPage<Data, Variables extends AnyVariables, E extends Edge>(
  client: Client,
  { document, variablesOf, connectionOf }: Wanted<Data, Variables, E>,
  paging: Paging,
): Promise<NewestFirst<E> | CombinedError> {
  const { data, error } = await client
    .query(document, variablesOf(paging), { requestPolicy: 'network-only' })
    .toPromise();
  const connection = data === undefined ? null : connectionOf(data);
  if (connection === null) return error ?? new CombinedError({ graphQLErrors: ['There was no answer'] });
  return { edges: connection.edges, hasMore: connection.pageInfo.hasNextPage };
}
