import { z } from 'zod';
import { countryCode, decimalAmount, instant, orderId, quantity, sku, versionNumber } from './fields.ts';

/** The states of an order, as they travel in facts and as clients see them. */
export const orderStatuses = [
  'PENDING',
  'RESERVED',
  'REJECTED',
  'CANCELLED',
  'SHIPPING',
  'DELIVERED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const change = <From extends z.ZodType, To extends OrderStatus>(from: From, to: To) => ({
  orderId,
  /** The order's version after this change: 1, 2, 3 … without gaps. */
  version: versionNumber,
  from,
  to: z.literal(to),
});

const shortage = z.object({ sku, requested: z.int().min(1), available: z.int().min(0) });

/** Everything that inventory needs to choose facilities; prices stay in orders. */
const orderPlaced = z.object({
  ...change(z.null(), 'PENDING'),
  customerId: z.string().min(1).max(200),
  reference: z.string().max(200).nullable(),
  destination: z.object({
    country: countryCode,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  total: z.object({ amount: decimalAmount, currencyCode: z.string().length(3) }),
  lines: z.array(z.object({ sku, quantity })).min(1).max(2_000),
});

const orderReserved = z.object({
  ...change(z.literal('PENDING'), 'RESERVED'),
  facilityCount: z.int().min(1),
  decidedAt: instant,
});

const orderRejected = z.object({
  ...change(z.literal('PENDING'), 'REJECTED'),
  reason: z.string(),
  shortages: z.array(shortage),
});

const orderCancelled = z.object({
  ...change(z.enum(['PENDING', 'RESERVED']), 'CANCELLED'),
  code: z.enum(['CUSTOMER', 'OPERATOR', 'UNDECIDED', 'HOLD_EXPIRED']),
  reason: z.string().nullable(),
});

const orderConfirmed = z.object(change(z.literal('RESERVED'), 'RESERVED'));
const orderShipping = z.object(change(z.literal('RESERVED'), 'SHIPPING'));
const orderDelivered = z.object(change(z.literal('SHIPPING'), 'DELIVERED'));

/** The facts that orders states, by type, with the subject each travels on and the schema of its data. */
export const orderFacts = {
  OrderPlaced: { subject: 'orders.order.placed.v1', schema: orderPlaced },
  OrderReserved: { subject: 'orders.order.reserved.v1', schema: orderReserved },
  OrderRejected: { subject: 'orders.order.rejected.v1', schema: orderRejected },
  OrderCancelled: { subject: 'orders.order.cancelled.v1', schema: orderCancelled },
  OrderConfirmed: { subject: 'orders.order.confirmed.v1', schema: orderConfirmed },
  OrderShipping: { subject: 'orders.order.shipping.v1', schema: orderShipping },
  OrderDelivered: { subject: 'orders.order.delivered.v1', schema: orderDelivered },
} as const;
