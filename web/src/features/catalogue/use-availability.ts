import { useEffect, useState } from 'react';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import {
  availableNow,
  withReadings,
  type AvailabilityReading,
  type AvailabilityReadings,
} from './availability-readings.ts';
import { ShopAvailabilityDocument } from './shop-products.generated.ts';

/** As many as the API lets one subscription follow. */
const MOST_SKUS = 100;
const TELL_EVERY_MS = 120;

/** Tells what is available of a product now; it is live for the first 100 of the SKUs. */
export function useAvailability(skus: readonly string[]): (product: AvailabilityReading) => number {
  const client = useUncachedClient();
  const [readings, setReadings] = useState<AvailabilityReadings>(new Map());
  const followed = JSON.stringify(skus.slice(0, MOST_SKUS).toSorted());
  useEffect(() => {
    const wanted = JSON.parse(followed) as readonly string[];
    if (wanted.length === 0) return;
    let arrived: AvailabilityReading[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const news = arrived;
      timer = undefined;
      arrived = [];
      setReadings((known) => withReadings(known, news));
    };
    const changes = client.subscription(ShopAvailabilityDocument, { skus: wanted }).subscribe(({ data }) => {
      if (!data) return;
      arrived.push(data.availabilityChanged);
      timer ??= setTimeout(tell, TELL_EVERY_MS);
    });
    return () => {
      changes.unsubscribe();
      clearTimeout(timer);
    };
  }, [client, followed]);
  return (product) => availableNow(readings, product);
}
