import { Link } from '@tanstack/react-router';
import { formatCount, Instant, Money } from '../../ui/figures.tsx';
import { OrderStatusBadge } from '../../ui/order-status.tsx';
import { destinationName } from '../destination/destination-words.ts';
import { useLiveStatus } from './use-live-status.ts';
import type { MyOrder } from './use-my-orders.ts';

/** An order in short, and the way to all of it. */
export function MyOrderRow({ order, isFollowed }: { readonly order: MyOrder; readonly isFollowed: boolean }) {
  const status = useLiveStatus(order, isFollowed);
  return (
    <li data-id={order.id} className="border-b border-line last:border-b-0">
      <Link
        to="/orders/$orderId"
        params={{ orderId: order.id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-4 -outline-offset-2 hover:bg-sunken sm:px-6 md:grid-cols-[minmax(0,1fr)_12rem_8rem_6rem]"
      >
        <span className="min-w-0">
          <span className="block font-medium md:truncate">{goodsIn(order)}</span>
          <span className="block text-sm text-muted md:truncate">
            {order.reference !== null && `${order.reference}, `}to {destinationName(order.destination)}
          </span>
        </span>
        <span className="order-3 text-sm text-muted md:order-none">
          <Instant at={order.placedAt} />
        </span>
        <span className="order-4 justify-self-end md:order-none">
          <Money of={order.total} />
        </span>
        <span className="justify-self-end">
          <OrderStatusBadge status={status} />
        </span>
      </Link>
    </li>
  );
}

/** 3 × Mug and 2 more. */
function goodsIn({ lines }: MyOrder): string {
  const [first, ...others] = lines;
  if (first === undefined) return 'Nothing';
  const goods = `${formatCount(first.quantity)} × ${first.product?.name ?? first.sku}`;
  return others.length === 0 ? goods : `${goods} and ${formatCount(others.length)} more`;
}
