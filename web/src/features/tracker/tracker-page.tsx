import { Link, useParams } from '@tanstack/react-router';
import { PackageSearch } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { ShortId } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/figures.tsx';
import { PageTitle } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { OrderDetails } from './order-details.tsx';
import { useTrackedOrder } from './use-tracked-order.ts';

/** One order as its customer sees it, live. */
export function TrackerPage() {
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const tracking = useTrackedOrder(orderId);
  const { order, error, isUnknown, readAgain } = tracking;
  if (isUnknown) return <UnknownOrder />;
  return (
    <Content>
      <PageTitle
        title={order?.reference ? `Order ${order.reference}` : 'Order'}
        lead={
          order === null ? (
            <>&nbsp;</>
          ) : (
            <span className="flex flex-wrap items-center gap-x-3">
              <span>
                Placed <Instant at={order.placedAt} />
              </span>
              <ShortId id={order.id} />
            </span>
          )
        }
      >
        <CancelOrder tracking={tracking} />
      </PageTitle>
      {order !== null ? (
        <OrderDetails tracking={tracking} />
      ) : error ? (
        <ErrorState what="The order could not be read" error={error} onRetry={readAgain} />
      ) : (
        <Loading what="the order">
          <Skeleton className="h-96 rounded-lg" />
        </Loading>
      )}
    </Content>
  );
}

const UnknownOrder = () => (
  <Content>
    <PageTitle title="No such order" />
    <EmptyState
      icon={PackageSearch}
      title="You have no order with this id"
      action={
        <Link to="/orders" className={buttonClasses()}>
          My orders
        </Link>
      }
    >
      The link may be mistyped, or the order may be somebody else’s: choose another viewer at the top right if
      you are that customer.
    </EmptyState>
  </Content>
);
