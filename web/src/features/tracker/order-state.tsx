import { Ban, CircleCheck, Clock, PackageCheck, PackageX, Truck, type LucideIcon } from 'lucide-react';
import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { classes } from '../../ui/classes.ts';
import { Instant, formatDuration } from '../../ui/figures.tsx';
import { statusMeanings, statusName } from '../../ui/order-status.tsx';
import { decidedAfterMs } from './order-steps.ts';
import type { Tracking } from './use-tracked-order.ts';

const looks: Readonly<Record<OrderStatus, { readonly icon: LucideIcon; readonly color: string }>> = {
  PENDING: { icon: Clock, color: 'text-pending' },
  RESERVED: { icon: PackageCheck, color: 'text-reserved' },
  REJECTED: { icon: PackageX, color: 'text-rejected' },
  CANCELLED: { icon: Ban, color: 'text-cancelled' },
  SHIPPING: { icon: Truck, color: 'text-shipping' },
  DELIVERED: { icon: CircleCheck, color: 'text-delivered' },
};

const cancelledBecause: Readonly<Record<string, string>> = {
  CUSTOMER: 'The customer cancelled it.',
  OPERATOR: 'An operator cancelled it.',
  UNDECIDED: 'It waited too long for an answer about its stock.',
  HOLD_EXPIRED: 'Its hold ended before it was confirmed.',
};

/** Where an order stands, large, with what that means. */
export function OrderState({ tracking }: { readonly tracking: Tracking }) {
  const { order, status, steps } = tracking;
  if (status === null) return null;
  const { icon: Icon, color } = looks[status];
  const afterMs = decidedAfterMs(steps);
  const cancellation = order?.cancellation;
  return (
    <div>
      <p className={classes('flex flex-wrap items-center gap-x-3 text-2xl font-semibold', color)}>
        <Icon aria-hidden size={36} strokeWidth={1.75} />
        {statusName(status)}
        {afterMs !== null && (status === 'RESERVED' || status === 'REJECTED') && (
          <span className="text-lg font-normal text-muted">in {formatDuration(afterMs)}</span>
        )}
      </p>
      <p className="mt-2 min-h-6">{statusMeanings[status]}</p>
      {cancellation && (
        <p className="mt-1 text-sm text-muted">
          {cancelledBecause[cancellation.code] ?? cancellation.code}
          {cancellation.reason !== null && ` Reason: “${cancellation.reason}”`}
        </p>
      )}
      {order?.reservation?.expiresAt && order.reservation.status === 'HELD' && (
        <p className="mt-1 text-sm text-muted">
          Its stock is held until <Instant at={order.reservation.expiresAt} />.
        </p>
      )}
    </div>
  );
}
