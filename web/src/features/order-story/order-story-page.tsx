import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, PackageSearch } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { ShortId } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/figures.tsx';
import { PageTitle } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { OrderActions } from '../tracker/order-actions.tsx';
import { OrderDetails, orderTitle } from '../tracker/order-details.tsx';
import { useTrackedOrder } from '../tracker/use-tracked-order.ts';
import { StoryPanel } from './story-panel.tsx';

/** One order as an operator sees it, live: what its customer sees, and how it came about. */
export function OrderStoryPage() {
  const { orderId } = useParams({ from: '/console/orders/$orderId' });
  const tracking = useTrackedOrder(orderId);
  const { order, isUnknown, version } = tracking;
  if (isUnknown) return <UnknownOrder />;
  return (
    <Content>
      <Link
        to="/console/orders"
        className="mb-2 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-ink"
      >
        <ArrowLeft aria-hidden size={14} />
        All orders
      </Link>
      <PageTitle
        title={orderTitle(order)}
        lead={
          order === null ? (
            <>&nbsp;</>
          ) : (
            <span className="flex flex-wrap items-center gap-x-3">
              <span>
                Of{' '}
                <Link
                  to="/console/orders"
                  search={{ customer: order.customerId }}
                  className="text-accent underline"
                >
                  {order.customerId}
                </Link>
              </span>
              <span>
                placed <Instant at={order.placedAt} />
              </span>
              <span>version {version}</span>
              <ShortId id={order.id} />
            </span>
          )
        }
      >
        <OrderActions tracking={tracking} />
      </PageTitle>
      <div className="flex flex-col gap-6">
        <OrderDetails tracking={tracking} />
        {order !== null && <StoryPanel orderId={orderId} version={version} />}
      </div>
    </Content>
  );
}

const UnknownOrder = () => (
  <Content>
    <PageTitle title="No such order" />
    <EmptyState
      icon={PackageSearch}
      title="There is no order with this id"
      action={
        <Link to="/console/orders" className={buttonClasses()}>
          All orders
        </Link>
      }
    >
      The link may be mistyped.
    </EmptyState>
  </Content>
);
