import { useEffect, useRef, useState } from 'react';
import { atMostEvery } from '../../graphql/at-most-every.ts';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { StockListAvailabilityDocument } from './stock-list.generated.ts';
import type { Page } from './stock-pages.ts';
import { StockRow } from './stock-row.tsx';
import type { StockedProduct } from './use-stock-list.ts';

const READ_EVERY_MS = 1_000;

interface StockGroupProps {
  readonly page: Page<StockedProduct>;
  readonly readAgain: (after: string | null) => Promise<void>;
}

/**
 * A page of products that is live while any of it is in sight, by one subscription: so a list of any length keeps to the
 * few that a socket may have. What has changed is read again together, at most once a second.
 */
export function StockGroup({ page, readAgain }: StockGroupProps) {
  const client = useUncachedClient();
  const frame = useRef<HTMLTableSectionElement>(null);
  const isInSight = useIsInSight(frame);
  const latest = useRef({ page, readAgain });
  latest.current = { page, readAgain };
  const skus = page.items.map(({ sku }) => sku).join('\n');

  useEffect(() => {
    if (!isInSight || skus === '') return;
    const reader = atMostEvery(READ_EVERY_MS, () => latest.current.readAgain(latest.current.page.after));
    const subscription = client
      .subscription(StockListAvailabilityDocument, { skus: skus.split('\n') })
      .subscribe(({ data }) => {
        const told = data?.availabilityChanged;
        const shown = latest.current.page.items.find(({ sku }) => sku === told?.sku);
        if (told && shown && told.availableVersion > versionOf(shown)) reader.wish();
      });
    return () => {
      subscription.unsubscribe();
      reader.stop();
    };
  }, [client, isInSight, skus]);

  return (
    <tbody ref={frame} className="divide-y divide-line border-b border-line">
      {page.items.map((product) => (
        <StockRow key={product.sku} product={product} />
      ))}
    </tbody>
  );
}

/** Of the levels that are shown, on the scale of `availableVersion`. */
const versionOf = ({ stock }: StockedProduct): number => stock.reduce((sum, { version }) => sum + version, 0);

function useIsInSight(frame: React.RefObject<HTMLElement | null>): boolean {
  const [isInSight, setIsInSight] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setIsInSight(entry!.isIntersecting), {
      rootMargin: '200px',
    });
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [frame]);
  return isInSight;
}
