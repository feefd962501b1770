import { useEffect, useState } from 'react';
import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { LiveOrderTotalsDocument } from './orders-live.generated.ts';

export const totalsEveryMs = 2_000;

export interface OrderTotals {
  /** Null before the first answer. */
  readonly counts: ReadonlyMap<OrderStatus, number> | null;
  readonly readAt: number | null;
  readonly isFailing: boolean;
}

/** How many orders there are in each state, read every two seconds while the page is visible. */
export function useOrderTotals(): OrderTotals {
  const client = useUncachedClient();
  const [totals, setTotals] = useState<OrderTotals>({ counts: null, readAt: null, isFailing: false });
  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readOn = async (): Promise<void> => {
      clearTimeout(timer);
      if (!isShown || document.visibilityState === 'hidden') return;
      const { data } = await client
        .query(LiveOrderTotalsDocument, {}, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isShown) return;
      const read = data?.orderTotals ?? null;
      setTotals((before) =>
        read === null
          ? { ...before, isFailing: true }
          : {
              counts: new Map(read.map(({ status, count }) => [status, count])),
              readAt: Date.now(),
              isFailing: false,
            },
      );
      clearTimeout(timer);
      timer = setTimeout(() => void readOn(), totalsEveryMs);
    };
    const onVisible = (): void => void readOn();
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isShown = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [client]);
  return totals;
}
