import { useEffect, useRef, useState } from 'react';
import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { announce } from '../../ui/announcer.tsx';
import { statusName } from '../../ui/order-status.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { MyOrderStatusDocument } from './my-orders.generated.ts';
import type { MyOrder } from './use-my-orders.ts';

/** How an order stands; while it is followed, live from the version on that was read. */
export function useLiveStatus({ id, version, status, reference }: MyOrder, isFollowed: boolean): OrderStatus {
  const client = useUncachedClient();
  const [live, setLive] = useState({ version, status });
  const known = useRef(version);
  known.current = Math.max(version, live.version);
  const name = reference ?? 'An order';

  useEffect(() => {
    if (!isFollowed) return;
    const changes = client
      .subscription(MyOrderStatusDocument, { orderId: id, after: known.current })
      .subscribe(({ data }) => {
        if (!data) return;
        const { version: reached, to } = data.orderStatusChanged;
        if (reached <= known.current) return;
        setLive({ version: reached, status: to });
        announce(`${name} is now ${statusName(to)}`);
      });
    return () => changes.unsubscribe();
  }, [client, id, isFollowed, name]);
  return live.version > version ? live.status : status;
}
