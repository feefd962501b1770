import type { OrderStatus } from '@holdfast/messaging/contracts';
import type { LiveEvent } from './live-source.ts';

/** One change of one order, as the stream or the journal tells it. */
export interface OrderChange {
  readonly orderId: string;
  readonly eventId: string;
  readonly version: number;
  /** Null when the order was placed. */
  readonly from: OrderStatus | null;
  readonly to: OrderStatus;
  /** ISO 8601 with milliseconds. */
  readonly occurredAt: string;
}

const finality: Readonly<Record<OrderStatus, boolean>> = {
  PENDING: false,
  RESERVED: false,
  REJECTED: true,
  CANCELLED: true,
  SHIPPING: false,
  DELIVERED: true,
};

/** After a change to a final status an order never changes again. */
export const isFinal = (status: OrderStatus): boolean => finality[status];

const known = new WeakMap<OrderChange, LiveEvent>();

/** The change as an `OrderStatusChange` of the schema; one event for all who hear of the same change. */
export function orderChangeEvent(change: OrderChange): LiveEvent {
  let event = known.get(change);
  if (!event) {
    const { orderId, eventId, version, from, to, occurredAt } = change;
    const bare = { __typename: 'OrderStatusChange', eventId, version, from, to, occurredAt, order: null };
    event = {
      value: { ...bare, order: { __typename: 'Order', id: orderId, status: to, version } },
      bare,
      version,
    };
    known.set(change, event);
  }
  return event;
}
