import { z } from 'zod';
import { decimalAmount, instant, orderId, sku, versionNumber } from './fields.ts';

/** The reservation's version: 1 when decided, one more with each change. */
const reservationChange = { orderId, version: versionNumber, decidedAt: instant };

const stockReserved = z.object({
  ...reservationChange,
  /** Null when the reservation has no end. */
  expiresAt: instant.nullable(),
  facilityCount: z.int().min(1),
});

const stockRejected = z.object({
  ...reservationChange,
  reason: z.string(),
  shortages: z.array(z.object({ sku, requested: z.int().min(1), available: z.int().min(0) })).min(1),
});

const stockReleased = z.object({ ...reservationChange, cause: z.enum(['CANCELLED', 'EXPIRED']) });

const stockConfirmed = z.object(reservationChange);

const productListed = z.object({
  sku,
  version: versionNumber,
  name: z.string().min(1).max(500),
  unitPrice: z.object({ amount: decimalAmount, currencyCode: z.string().length(3) }),
});

/** The facts that inventory states, by type, with the subject each travels on and the schema of its data. */
export const inventoryFacts = {
  StockReserved: { subject: 'inventory.reservation.reserved.v1', schema: stockReserved },
  StockRejected: { subject: 'inventory.reservation.rejected.v1', schema: stockRejected },
  StockReleased: { subject: 'inventory.reservation.released.v1', schema: stockReleased },
  StockConfirmed: { subject: 'inventory.reservation.confirmed.v1', schema: stockConfirmed },
  ProductListed: { subject: 'inventory.product.listed.v1', schema: productListed },
} as const;
