import { useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import { MyOrdersDocument, type MyOrdersQuery } from './my-orders.generated.ts';
import { withFirstPage, withNextPage, type OrderPages } from './order-pages.ts';

export type MyOrder = NonNullable<MyOrdersQuery['orders']>['edges'][number]['node'];

export interface MyOrders {
  /** Null until the first answer. */
  readonly pages: OrderPages<MyOrder> | null;
  readonly isReading: boolean;
  readonly error: CombinedError | null;
  readonly readMore: () => void;
  readonly readFirst: () => void;
}

const PAGE_LENGTH = 20;

/** The viewer's orders, newest first. What is new is read whenever the page is shown again. */
export function useMyOrders(): MyOrders {
  const client = useUncachedClient();
  const { customerId } = useViewer();
  const [pages, setPages] = useState<OrderPages<MyOrder> | null>(null);
  const [isReading, setIsReading] = useState(true);
  const [error, setError] = useState<CombinedError | null>(null);

  const read = async (after: string | null): Promise<void> => {
    setIsReading(true);
    const variables = { customerId, first: PAGE_LENGTH, after };
    const { data, error: failure } = await client.query(MyOrdersDocument, variables).toPromise();
    setIsReading(false);
    setError(failure ?? null);
    if (!data?.orders) return;
    const { edges, pageInfo } = data.orders;
    const page: OrderPages<MyOrder> = {
      orders: edges.map(({ node }) => node),
      endCursor: pageInfo.endCursor,
      hasMore: pageInfo.hasNextPage,
    };
    setPages((known) => {
      if (known === null) return page;
      return after === null ? withFirstPage(known, page) : withNextPage(known, page);
    });
  };
  const latestRead = useRef(read);
  latestRead.current = read;
  useEffect(() => {
    const readNew = (): void => {
      if (document.visibilityState === 'visible') void latestRead.current(null);
    };
    void latestRead.current(null);
    document.addEventListener('visibilitychange', readNew);
    addEventListener('focus', readNew);
    return () => {
      document.removeEventListener('visibilitychange', readNew);
      removeEventListener('focus', readNew);
    };
  }, []);

  return {
    pages,
    isReading,
    error,
    readMore: () => void read(pages?.endCursor ?? null),
    readFirst: () => void read(null),
  };
}
