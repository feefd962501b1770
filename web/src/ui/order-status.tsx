import type { OrderStatus } from '../graphql/schema.generated.ts';
import { classes } from './classes.ts';

const looks: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'bg-pending-soft text-pending',
  RESERVED: 'bg-reserved-soft text-reserved',
  REJECTED: 'bg-rejected-soft text-rejected',
  CANCELLED: 'bg-cancelled-soft text-cancelled',
  SHIPPING: 'bg-shipping-soft text-shipping',
  DELIVERED: 'bg-delivered-soft text-delivered',
};

const names: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'Pending',
  RESERVED: 'Reserved',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
  SHIPPING: 'Shipping',
  DELIVERED: 'Delivered',
};

/** The colour of a state, for a dot beside its name. */
export const statusDots: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'bg-pending',
  RESERVED: 'bg-reserved',
  REJECTED: 'bg-rejected',
  CANCELLED: 'bg-cancelled',
  SHIPPING: 'bg-shipping',
  DELIVERED: 'bg-delivered',
};

/** What a state means to the customer, in one sentence. */
export const statusMeanings: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'Recorded. Stock is being tied to it.',
  RESERVED: 'Stock is tied to it.',
  REJECTED: 'There was not enough stock, so nothing was tied.',
  CANCELLED: 'It is cancelled, and its stock is free again.',
  SHIPPING: 'It was handed to fulfilment.',
  DELIVERED: 'It has arrived.',
};

export const statusName = (status: OrderStatus): string => names[status];

export const isFinal = (status: OrderStatus): boolean =>
  status === 'REJECTED' || status === 'CANCELLED' || status === 'DELIVERED';

/** A state of an order, always as wide as the widest, so that a change moves nothing. */
export const OrderStatusBadge = ({ status }: { readonly status: OrderStatus }) => (
  <span
    className={classes(
      'inline-flex min-w-20 justify-center rounded-full px-2 py-0.5 text-xs font-medium',
      looks[status],
    )}
  >
    {names[status]}
  </span>
);
