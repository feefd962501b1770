import type { OrderStatus } from '../../graphql/schema.generated.ts';
import type { MoneyAmount } from '../../money.ts';
import type { LiveOrdersPageQuery } from './orders-live.generated.ts';

/** Where an order stands in a list, newest first: by (placed at, id), as the API sorts. */
export interface RowKey {
  readonly placedAtMs: number;
  readonly id: string;
}

/** An order as the table shows it. */
export interface OrderRow extends RowKey {
  readonly status: OrderStatus;
  readonly version: number;
  readonly customerId: string;
  readonly reference: string | null;
  /** City and country, or the country alone. */
  readonly place: string;
  readonly total: MoneyAmount;
  readonly placedAt: string;
  readonly updatedAt: string;
  /** When it last came or changed before the viewer's eyes, in milliseconds since the epoch; 0 for never. */
  readonly markedAt: number;
}

/** One change of an order's state, as the live stream tells it. */
export interface OrderChange {
  readonly id: string;
  readonly version: number;
  readonly from: OrderStatus | null;
  readonly to: OrderStatus;
  readonly occurredAt: string;
}

type Node = NonNullable<LiveOrdersPageQuery['orders']>['edges'][number]['node'];

export const rowOf = ({ destination, ...node }: Node): OrderRow => ({
  id: node.id,
  placedAtMs: Date.parse(node.placedAt),
  status: node.status,
  version: node.version,
  customerId: node.customerId,
  reference: node.reference,
  place: [destination.city, destination.country].filter(Boolean).join(', '),
  total: { amount: node.total.amount, currencyCode: node.total.currencyCode },
  placedAt: node.placedAt,
  updatedAt: node.updatedAt,
  markedAt: 0,
});

/** The row after a change, or itself when it already knows of it. */
export const changedRow = (row: OrderRow, change: OrderChange | undefined, markedAt: number): OrderRow =>
  change === undefined || change.version <= row.version
    ? row
    : { ...row, status: change.to, version: change.version, updatedAt: change.occurredAt, markedAt };

/** Negative when the first stands above the second. */
export const compareKeys = (one: RowKey, other: RowKey): number =>
  other.placedAtMs - one.placedAtMs || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);

/**
 * Where an order that is known by its id alone stands, about: ids begin with the milliseconds at which they were made
 * (UUIDv7). It is good enough to decide what to read again, and for nothing else.
 */
export const keyOfId = (id: string): RowKey => ({
  placedAtMs: Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16),
  id,
});
