import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { useRef, type RefObject } from 'react';
import { buttonClasses } from '../../ui/button.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { isFinal } from '../../ui/order-status.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { useInView } from '../../ui/use-in-view.ts';
import { Content } from '../shell/shell.tsx';
import { useViewer } from '../viewer/viewer-gate.tsx';
import { MyOrderRow } from './my-order-row.tsx';
import { useMyOrders, type MyOrders } from './use-my-orders.ts';

/** Of 50 subscriptions that one socket may hold; the rest of the page needs some too. */
const MOST_FOLLOWED = 30;

/** What the viewer has ordered, newest first; orders in view that may still change are live. */
export function MyOrdersPage() {
  const { isOperator, customerId } = useViewer();
  const mine = useMyOrders();
  const list = useRef<HTMLUListElement>(null);
  const orders = mine.pages?.orders ?? [];
  const inView = useInView(
    list,
    orders.map(({ id }) => id),
  );
  const statuses = new Map(orders.map(({ id, status }) => [id, status]));
  const followed = new Set(inView.filter((id) => !isFinal(statuses.get(id)!)).slice(0, MOST_FOLLOWED));
  return (
    <Content>
      <PageTitle
        title="My orders"
        lead={isOperator ? `Those that you, “${customerId}”, have placed for yourself.` : undefined}
      >
        {followed.size > 0 && <Liveness />}
      </PageTitle>
      <Panel isFlush>
        <Orders {...mine} {...{ list, followed }} />
      </Panel>
    </Content>
  );
}

interface OrdersProps extends MyOrders {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly followed: ReadonlySet<string>;
}

function Orders({ pages, isReading, error, readMore, readFirst, list, followed }: OrdersProps) {
  if (pages === null) {
    return error && !isReading ? (
      <ErrorState what="Your orders could not be read" error={error} onRetry={readFirst} />
    ) : (
      <Waiting />
    );
  }
  if (pages.orders.length === 0) {
    return (
      <EmptyState
        icon={PackageOpen}
        title="You have no orders yet"
        action={
          <Link to="/" className={buttonClasses('primary')}>
            To the shop
          </Link>
        }
      >
        What you order appears here, and tells by itself how it stands.
      </EmptyState>
    );
  }
  return (
    <>
      <ul ref={list} aria-label="Orders, newest first">
        {pages.orders.map((order) => (
          <MyOrderRow key={order.id} order={order} isFollowed={followed.has(order.id)} />
        ))}
      </ul>
      {(pages.hasMore || error) && (
        <div className="border-t border-line">
          <LoadMore hasMore={pages.hasMore} isBusy={isReading} onMore={readMore} error={error} />
        </div>
      )}
    </>
  );
}

const Waiting = () => (
  <Loading what="your orders">
    {Array.from({ length: 8 }, (_, place) => (
      <div key={place} className="border-b border-line px-4 py-4 last:border-b-0 sm:px-6">
        <Skeleton className="h-11" />
      </div>
    ))}
  </Loading>
);
