import { Link, useParams } from '@tanstack/react-router';
import { PackageSearch } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { ShortId } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/figures.tsx';
import { PageTitle } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderDetails, orderTitle } from './order-details.tsx';
import { useTrackedOrder } from './use-tracked-order.ts';

/** One order as its customer sees it, live. */
export function TrackerPage() {
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const tracking = useTrackedOrder(orderId);
  const { order, isUnknown } = tracking;
  if (isUnknown) return <UnknownOrder />;
  return (
    <Content>
      <PageTitle
        title={orderTitle(order)}
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
        <OrderActions tracking={tracking} />
      </PageTitle>
      <OrderDetails tracking={tracking} />
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
