import { useEffect, useRef } from 'react';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import type { Level } from './levels.ts';
import { StockChangesDocument } from './stock-changes.generated.ts';

const TELL_EVERY_MS = 250;

/** Tells of changed levels of a SKU or a facility, gathered four times a second. Of a SKU it begins with all its levels. */
export function useStockChanges(
  { sku = null, facilityId = null }: { readonly sku?: string | null; readonly facilityId?: string | null },
  onChanges: (changed: readonly Level[]) => void,
): void {
  const client = useUncachedClient();
  const latest = useRef(onChanges);
  latest.current = onChanges;
  useEffect(() => {
    let gathered: Level[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      const changed = gathered;
      gathered = [];
      latest.current(changed);
    };
    const subscription = client
      .subscription(StockChangesDocument, { sku, facilityId })
      .subscribe(({ data }) => {
        if (!data) return;
        gathered.push(data.stockChanged);
        timer ??= setTimeout(tell, TELL_EVERY_MS);
      });
    return () => {
      subscription.unsubscribe();
      clearTimeout(timer);
    };
  }, [client, sku, facilityId]);
}
