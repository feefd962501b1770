import type { OrderStatus } from '../../graphql/schema.generated.ts';
import type { OrderPage } from './order-blocks.ts';
import type { OrderChange, OrderRow } from './order-row.ts';

/** An id as the service makes them: its first digits are the instant. */
export const idAt = (ms: number): string => {
  const digits = ms.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
};

/** The order that was placed at this millisecond. */
export const aRow = (ms: number, some: Partial<OrderRow> = {}): OrderRow => ({
  id: idAt(ms),
  placedAtMs: ms,
  status: 'RESERVED',
  version: 2,
  customerId: 'ada',
  reference: null,
  place: 'London, GB',
  total: { amount: '1.00', currencyCode: 'GBP' },
  placedAt: new Date(ms).toISOString(),
  updatedAt: new Date(ms).toISOString(),
  markedAt: 0,
  ...some,
});

/** A page of the orders from one millisecond down to another; its cursors are the milliseconds. */
export const aPage = (from: number, to: number, some: Partial<OrderPage> = {}): OrderPage => ({
  after: null,
  rows: Array.from({ length: from - to + 1 }, (_, place) => aRow(from - place)),
  endCursor: String(to),
  hasMore: true,
  ...some,
});

export const aChange = (
  ms: number,
  to: OrderStatus,
  version: number,
  from: OrderStatus | null,
): OrderChange => ({
  id: idAt(ms),
  version,
  from,
  to,
  occurredAt: new Date(ms + version).toISOString(),
});
