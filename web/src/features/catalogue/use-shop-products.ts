import { useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { ShopProductsDocument, type ShopProductFragment } from './shop-products.generated.ts';

const PAGE_LENGTH = 30;

interface Found {
  /** What was searched for when these were found. */
  readonly search: string;
  readonly products: readonly ShopProductFragment[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

export interface ShopProducts {
  /** Null until the first answer. Those of the search before stay until those of the next have come. */
  readonly found: Found | null;
  readonly isReading: boolean;
  readonly error: CombinedError | null;
  readonly readMore: () => void;
  readonly readAgain: () => void;
}

/** The products that a search finds, in SKU order, page by page. */
export function useShopProducts(search: string): ShopProducts {
  const client = useUncachedClient();
  const [found, setFound] = useState<Found | null>(null);
  const [isReading, setIsReading] = useState(true);
  const [error, setError] = useState<CombinedError | null>(null);
  const wanted = useRef(search);

  const read = async (before: Found | null): Promise<void> => {
    wanted.current = search;
    setIsReading(true);
    setError(null);
    const variables = { search: search || null, first: PAGE_LENGTH, after: before?.endCursor ?? null };
    const { data, error: failure } = await client.query(ShopProductsDocument, variables).toPromise();
    if (wanted.current !== search) return;
    setIsReading(false);
    if (!data?.products) return setError(failure ?? null);
    const { edges, pageInfo } = data.products;
    setFound({
      search,
      products: [...(before?.products ?? []), ...edges.map(({ node }) => node)],
      endCursor: pageInfo.endCursor,
      hasMore: pageInfo.hasNextPage,
    });
  };

  const latestRead = useRef(read);
  latestRead.current = read;
  useEffect(() => void latestRead.current(null), [client, search]);
  return {
    found,
    isReading,
    error,
    readMore: () => void read(found),
    readAgain: () => void read(null),
  };
}
