import type { Tx } from '@holdfast/messaging';
import type { Viewer } from '@holdfast/service';
import { sql } from 'kysely';
import type { OrderStatus } from '../domain/order.ts';
import { orderColumns, toOrderView, type OrderRow, type OrderView } from './order-view.ts';

export interface OrdersRequest {
  /** Null for every status. */
  readonly statuses: readonly OrderStatus[] | null;
  /** Null for all the customers whose orders the viewer may see. */
  readonly customerId: string | null;
  readonly reference: string | null;
  /** Inclusive; null for no bound. */
  readonly placedFrom: Date | null;
  /** Exclusive; null for no bound. */
  readonly placedBefore: Date | null;
  /** The last order of the page before; null for the first page. */
  readonly after: { readonly placedAt: Date; readonly id: string } | null;
  /** Most rows to read. */
  readonly limit: number;
}

const everyStatus: readonly OrderStatus[] = [
  'PENDING',
  'RESERVED',
  'REJECTED',
  'CANCELLED',
  'SHIPPING',
  'DELIVERED',
];

/**
 * The viewer's orders, an operator's being all, newest first, by (placed at, id): one statement. It merges a few short
 * ranges of an index, one a status, so that a page costs the same whatever the filter and however far down it lies.
 */
export async function readOrdersPage(
  tx: Tx,
  viewer: Viewer,
  request: OrdersRequest,
): Promise<readonly OrderView[]> {
  const { after, reference, placedFrom, placedBefore, limit } = request;
  const customerId = request.customerId ?? (viewer.isOperator ? null : viewer.customerId);
  if (customerId !== null && customerId !== viewer.customerId && !viewer.isOperator) return [];
  if (`${customerId}${reference}`.includes('\0')) return [];
  const statuses = [...new Set(request.statuses ?? everyStatus)];

  const ofCustomer = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
  const from = placedFrom === null ? sql`` : sql`and placed_at >= ${readable(placedFrom)}::timestamptz`;
  const before = placedBefore === null ? sql`` : sql`and placed_at < ${readable(placedBefore)}::timestamptz`;
  const further =
    after === null
      ? sql``
      : sql`and (placed_at, id) < (${after.placedAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const within = sql`${ofCustomer} ${from} ${before} ${further}`;
  const newestFirst = sql`order by placed_at desc, id desc limit ${limit}`;
  const statement =
    reference === null
      ? sql<OrderRow>`
          select page.* from unnest(${statuses}::text[]) as wanted (status)
          cross join lateral (
            select ${orderColumns} from orders where orders.status = wanted.status ${within} ${newestFirst}
          ) as page ${newestFirst}`
      : sql<OrderRow>`
          select ${orderColumns} from orders
          where reference = ${reference} and status = any(${statuses}::text[]) ${within} ${newestFirst}`;
  const { rows } = await statement.execute(tx);
  return rows.map(toOrderView);
}

/** Orders are placed after 1970; PostgreSQL does not read instants before year 0 or after 9999 as JavaScript writes them. */
const earliestMs = 0;
const latestMs = Date.UTC(10_000, 0) - 1;

/** A bound as PostgreSQL reads it, moved no further than where there are no orders. */
const readable = (bound: Date): string =>
  new Date(Math.min(Math.max(bound.getTime(), earliestMs), latestMs)).toISOString();
