import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { formatCount, useNow } from '../../ui/figures.tsx';
import { errorText, Loading, Skeleton } from '../../ui/states.tsx';
import { rowsBetween } from './order-blocks.ts';
import type { OrderRow } from './order-row.ts';
import { OrderTableHead, OrderTableRow, rowHeight } from './order-table-row.tsx';
import type { OrderTableStore, OrderTableView } from './order-table-store.ts';
import { seen, shiftOf, type Seen } from './scroll-anchor.ts';
import { usePlainLinks } from './use-plain-links.ts';
import { useTableKeys } from './use-table-keys.ts';

const OVERSCAN = 6;
const MARKED_MS = 2_000;
const HEAD_HEIGHT = 36;

interface OrdersTableProps {
  readonly store: OrderTableStore;
  readonly view: OrderTableView;
  /** Stands where the rows would when there are none. */
  readonly empty: ReactNode;
}

/** The orders of a store, of which only those in view are there as elements. What is being read stays where it is. */
export function OrdersTable({ store, view, empty }: OrdersTableProps) {
  const { list, count, newOrders, heldBack, error } = view;
  const frame = useRef<HTMLDivElement>(null);
  const active = useRef<number | null>(null);
  const now = useNow();
  // oxlint-disable-next-line react/incompatible-library -- What it returns is used here and handed to nobody.
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const kept = active.current;
      return kept === null || kept >= count || shown.includes(kept) ? shown : [...shown, kept];
    },
  });
  const range = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const first = range.startIndex;
  const last = range.endIndex;
  const { activeIndex, isWalking } = useTableKeys(frame, {
    count,
    pageSize: Math.max(1, last - first - 1),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  });
  active.current = isWalking ? activeIndex : null;
  const isFollowing = (virtualizer.scrollOffset ?? 0) < 2 && !isWalking;

  useEffect(() => store.look({ first, last }, isFollowing), [store, first, last, isFollowing]);

  const anchor = useRef<Seen>({ first: 0, ids: [] });
  useLayoutEffect(() => {
    const shift = isFollowing ? 0 : shiftOf(anchor.current, list);
    if (shift !== 0) frame.current!.scrollTop += shift * rowHeight;
    anchor.current = seen(list, { first: first + shift, last: last + shift });
  }, [list, first, last, isFollowing]);

  usePlainLinks(frame);

  const jumpUp = (): void => {
    frame.current!.scrollTop = 0;
    frame.current!.focus({ preventScroll: true });
  };
  const items = virtualizer.getVirtualItems();
  const rowAt = (index: number): OrderRow | null =>
    rowsBetween(list, { first: index, last: index })[0] ?? null;
  const tabStop =
    activeIndex !== null && items.some(({ index }) => index === activeIndex) ? activeIndex : first;
  const isUnread = count === 0 && list.hasMore;

  return (
    <div className="relative">
      <div
        ref={frame}
        tabIndex={-1}
        role="table"
        aria-label="Orders, newest first"
        aria-rowcount={list.hasMore ? -1 : count + 1}
        aria-busy={isUnread}
        className="relative h-[max(24rem,calc(100dvh-11rem))] overflow-x-hidden overflow-y-auto [overflow-anchor:none]"
      >
        <OrderTableHead />
        {isUnread ? (
          <Unread />
        ) : count === 0 ? (
          empty
        ) : (
          <div role="rowgroup" className="relative" style={{ height: count * rowHeight }}>
            {items.map(({ index }) => {
              const row = rowAt(index);
              return (
                <OrderTableRow
                  key={row?.id ?? index}
                  row={row}
                  index={index}
                  isMarked={row !== null && row.markedAt > now - MARKED_MS}
                  isTabStop={index === tabStop}
                />
              );
            })}
          </div>
        )}
        {count > 0 && (
          <p className="h-10 px-4 py-2 text-center text-xs text-muted">
            {list.hasMore ? 'Reading further orders …' : 'These are all.'}
          </p>
        )}
      </div>
      {newOrders > 0 && !isFollowing && heldBack === null && (
        <div className="pointer-events-none absolute inset-x-0 top-12 z-20 flex justify-center">
          <Button
            look="primary"
            size="sm"
            icon={<ArrowUp aria-hidden size={14} />}
            className="pointer-events-auto rounded-full shadow-raised"
            onClick={jumpUp}
          >
            {newOrders === 1 ? '1 new order' : `${formatCount(newOrders)} new orders`}
          </Button>
        </div>
      )}
      {error !== null && count > 0 && (
        <div
          role="alert"
          className="absolute inset-x-4 bottom-12 z-20 mx-auto flex w-fit max-w-[calc(100%-2rem)] flex-wrap items-center gap-2 rounded-md border border-line bg-raised px-4 py-2 text-sm shadow-raised"
        >
          {errorText(error)}
          <Button size="sm" onClick={() => store.refresh()}>
            Try again
          </Button>
        </div>
      )}
      <p className="flex h-9 items-center justify-between gap-4 border-t border-line px-4 text-xs whitespace-nowrap text-muted">
        <span>
          {count === 0 ? '' : `Rows ${formatCount(first + 1)} to ${formatCount(Math.min(count, last + 1))}`}
        </span>
        <span>
          {isFollowing
            ? 'New orders appear at the top'
            : `${formatCount(count)} read${list.hasMore ? ', more below' : ''}`}
        </span>
      </p>
    </div>
  );
}

const Unread = () => (
  <div role="rowgroup">
    <div role="row">
      <div role="cell">
        <Loading what="orders">
          {Array.from({ length: 12 }, (_, place) => (
            <div key={place} className="flex h-10 items-center border-b border-line/60 px-4">
              <Skeleton className="h-4 w-full" />
            </div>
          ))}
        </Loading>
      </div>
    </div>
  </div>
);
