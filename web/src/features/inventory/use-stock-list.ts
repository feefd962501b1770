import { useEffect, useRef, useState } from 'react';
import type { Client, CombinedError } from 'urql';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { StockListDocument, type StockListQuery } from './stock-list.generated.ts';
import { withPage, type Pages } from './stock-pages.ts';

export type StockedProduct = NonNullable<StockListQuery['products']>['edges'][number]['node'];

export interface StockList {
  readonly search: string;
  readonly pages: Pages<StockedProduct>;
  readonly error: CombinedError | null;
  readonly isReading: boolean;
  readonly readMore: () => void;
  /** Reads the page that begins after a cursor again; rejects never. */
  readonly readAgain: (after: string | null) => Promise<void>;
}

type State = Pick<StockList, 'search' | 'pages' | 'error' | 'isReading'>;

const PAGE_LENGTH = 50;

/**
 * The products that a search finds, in SKU order, with their levels, page by page. They are kept here and not in the
 * cache, whose list of products other pages fill with less.
 */
export function useStockList(search: string): StockList {
  const client = useUncachedClient();
  const [state, setState] = useState<State>({ search, pages: [], error: null, isReading: true });
  const wanted = useRef(search);

  useEffect(() => {
    wanted.current = search;
    void readPage(client, search, null).then((change) => {
      if (wanted.current === search) setState(change({ search, pages: [], error: null, isReading: false }));
    });
  }, [client, search]);

  const current: State =
    state.search === search ? state : { search, pages: [], error: null, isReading: true };
  const readAgain = async (after: string | null): Promise<void> => {
    const change = await readPage(client, search, after);
    setState((now) => (now.search === search ? change(now) : now));
  };
  const readMore = async (): Promise<void> => {
    setState((now) => ({ ...now, isReading: true }));
    await readAgain(current.pages.at(-1)?.end ?? null);
    setState((now) => ({ ...now, isReading: false }));
  };
  return { ...current, readMore: () => void readMore(), readAgain };
}

/** What a reading changes. */
async function readPage(
  client: Client,
  search: string,
  after: string | null,
): Promise<(state: State) => State> {
  const { data, error } = await client
    .query(
      StockListDocument,
      { search: search === '' ? null : search, first: PAGE_LENGTH, after },
      { requestPolicy: 'network-only' },
    )
    .toPromise();
  const products = data?.products;
  if (!products) return (state) => ({ ...state, error: error ?? null });
  const page = {
    after,
    end: products.pageInfo.endCursor,
    hasMore: products.pageInfo.hasNextPage,
    items: products.edges.map(({ node }) => node),
  };
  return (state) => ({ ...state, pages: withPage(state.pages, page), error: null });
}
