import { useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import {
  newerThan,
  withFreshContent,
  withFreshTop,
  withNextPage,
  type NewestFirst,
} from '../../graphql/newest-first.ts';
import type { ReservationStatus } from '../../graphql/schema.generated.ts';
import { usePolled, type Polled } from '../../graphql/use-polled.ts';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { ReservationsDocument, type ReservationsQuery } from './reservations.generated.ts';

export type ReservationEdge = NonNullable<ReservationsQuery['reservations']>['edges'][number];

export interface ReservationsShown {
  /** Null before the first answer. */
  readonly list: NewestFirst<ReservationEdge> | null;
  /** What has come since and is not shown until it is asked for, so that no row moves by itself. */
  readonly newer: { readonly count: number; readonly areMore: boolean };
  readonly showNewer: () => void;
  readonly isReadingMore: boolean;
  readonly readMore: () => void;
  readonly moreError: CombinedError | null;
  readonly polled: Polled<ReservationsQuery>;
}

const PAGE_LENGTH = 50;
const READ_EVERY_MS = 5_000;

const idOf = ({ node }: ReservationEdge): string => node.order.id;

/** Reservations, newest decision first. What is shown is kept up to date where it stands. */
export function useReservations(sku: string | null, status: ReservationStatus | null): ReservationsShown {
  const client = useUncachedClient();
  const key = JSON.stringify([sku, status]);
  const polled = usePolled(
    ReservationsDocument,
    { sku, status, first: PAGE_LENGTH, after: null },
    READ_EVERY_MS,
  );
  const fresh = listOf(polled.data);
  const [state, setState] = useState<{ key: string; list: NewestFirst<ReservationEdge> | null }>({
    key,
    list: null,
  });
  const [isReadingMore, setIsReadingMore] = useState(false);
  const [moreError, setMoreError] = useState<CombinedError | null>(null);
  const current = useRef(key);
  current.current = key;

  const known = state.key === key ? state.list : null;
  if (known === null && fresh !== null) setState({ key, list: fresh });
  const list = known === null ? fresh : fresh === null ? known : withFreshContent(known, fresh, idOf);

  const readMore = async (): Promise<void> => {
    const after = known?.edges.at(-1)?.cursor;
    if (after === undefined) return;
    setIsReadingMore(true);
    const { data, error } = await client
      .query(
        ReservationsDocument,
        { sku, status, first: PAGE_LENGTH, after },
        { requestPolicy: 'network-only' },
      )
      .toPromise();
    setIsReadingMore(false);
    setMoreError(error ?? null);
    const page = listOf(data ?? null);
    if (page === null || current.current !== key) return;
    setState((now) =>
      now.key === key && now.list ? { key, list: withNextPage(now.list, page, idOf) } : now,
    );
  };
  return {
    list,
    newer: known === null || fresh === null ? { count: 0, areMore: false } : newerThan(known, fresh, idOf),
    showNewer: () => {
      if (known && fresh) setState({ key, list: withFreshTop(known, fresh, Number.POSITIVE_INFINITY, idOf) });
    },
    isReadingMore,
    readMore: () => void readMore(),
    moreError,
    polled,
  };
}

const listOf = (data: ReservationsQuery | null): NewestFirst<ReservationEdge> | null =>
  data?.reservations
    ? { edges: data.reservations.edges, hasMore: data.reservations.pageInfo.hasNextPage }
    : null;
