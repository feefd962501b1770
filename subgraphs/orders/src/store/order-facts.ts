import type { Fact } from '@holdfast/messaging';
import type { OrderChange } from '../domain/order.ts';

/** What a fact carries beside its data. */
export type FactOrigin = Pick<
  Fact,
  'eventId' | 'occurredAt' | 'correlationId' | 'causationId' | 'traceparent'
>;

/** A change of an order that exists, as the fact that other services and clients hear. */
export function orderFact(
  orderId: string,
  change: Exclude<OrderChange, { type: 'OrderPlaced' }>,
  origin: FactOrigin,
): Fact {
  switch (change.type) {
    case 'OrderReserved': {
      const { type, version, from, to, facilityCount, decidedAt } = change;
      return { ...origin, type, data: { orderId, version, from, to, facilityCount, decidedAt } };
    }
    case 'OrderRejected': {
      const { type, shortages, ...data } = change;
      return { ...origin, type, data: { orderId, ...data, shortages: [...shortages] } };
    }
    case 'OrderCancelled': {
      const { type, ...data } = change;
      return { ...origin, type, data: { orderId, ...data } };
    }
    case 'OrderConfirmed': {
      const { type, ...data } = change;
      return { ...origin, type, data: { orderId, ...data } };
    }
    case 'OrderShipping': {
      const { type, ...data } = change;
      return { ...origin, type, data: { orderId, ...data } };
    }
    case 'OrderDelivered': {
      const { type, ...data } = change;
      return { ...origin, type, data: { orderId, ...data } };
    }
  }
}
