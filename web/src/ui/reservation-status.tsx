import type { ReservationStatus } from '../graphql/schema.generated.ts';
import { classes } from './classes.ts';

/** In the order in which a console lists them. */
export const reservationStatuses: readonly ReservationStatus[] = ['HELD', 'SHIPPED', 'RELEASED', 'EXPIRED'];

const looks: Readonly<Record<ReservationStatus, string>> = {
  HELD: 'bg-reserved-soft text-reserved',
  SHIPPED: 'bg-shipping-soft text-shipping',
  RELEASED: 'bg-cancelled-soft text-cancelled',
  EXPIRED: 'bg-pending-soft text-pending',
};

const names: Readonly<Record<ReservationStatus, string>> = {
  HELD: 'Held',
  SHIPPED: 'Shipped',
  RELEASED: 'Released',
  EXPIRED: 'Expired',
};

export const reservationStatusName = (status: ReservationStatus): string => names[status];

/** A state of a reservation, always as wide as the widest, so that a change moves nothing. */
export const ReservationStatusBadge = ({ status }: { readonly status: ReservationStatus }) => (
  <span
    className={classes(
      'inline-flex min-w-20 justify-center rounded-full px-2 py-0.5 text-xs font-medium',
      looks[status],
    )}
  >
    {names[status]}
  </span>
);
