import type { Tx } from '@holdfast/messaging';
import { fromMinorUnits, type RowOf, type Viewer } from '@holdfast/service';
import { sql } from 'kysely';
import { isOrderId } from '../domain/order-id.ts';
import type { CancellationCode, OrderStatus, Shortage } from '../domain/order.ts';
import type { Destination, PlacedOrder, PricedLine } from '../domain/placing.ts';
import type { OrderEntity } from '../store/entities.ts';

/** Money in the shape of the API. */
export interface MoneyView {
  readonly amount: string;
  readonly currencyCode: string;
}

export interface OrderLineView {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: MoneyView;
}

/** An order in the shape of the API, but for what is read only when it is asked for. */
export interface OrderView {
  readonly id: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly customerId: string;
  readonly reference: string | null;
  readonly destination: Destination;
  readonly total: MoneyView;
  readonly placedAt: Date;
  readonly updatedAt: Date;
  readonly rejection: { readonly reason: string; readonly shortages: readonly Shortage[] } | null;
  readonly cancellation: { readonly code: CancellationCode; readonly reason: string | null } | null;
  /** Only of an order that was placed a moment ago, and so is still at hand. */
  readonly lines?: readonly OrderLineView[];
}

export type OrderRow = Omit<RowOf<typeof OrderEntity>, 'is_confirmed' | 'has_hold'>;

/** What `toOrderView` reads from `orders`. */
export const orderColumns =
  sql.raw(`id, status, version, customer_id, reference, country, city, postal_code, latitude,
  longitude, destination_precision, total_minor, currency_code, placed_at, updated_at, rejection,
  cancellation_code, cancellation_reason`);

export const toOrderView = (row: OrderRow): OrderView => ({
  id: row.id,
  status: row.status,
  version: row.version,
  customerId: row.customer_id,
  reference: row.reference,
  destination: {
    country: row.country,
    city: row.city,
    postalCode: row.postal_code,
    latitude: row.latitude,
    longitude: row.longitude,
    precision: row.destination_precision,
  },
  total: moneyView(BigInt(row.total_minor), row.currency_code),
  placedAt: row.placed_at,
  updatedAt: row.updated_at,
  rejection: row.rejection,
  cancellation:
    row.cancellation_code === null ? null : { code: row.cancellation_code, reason: row.cancellation_reason },
});

/** An order as it is at the moment it was placed, without asking the database. */
export const placedOrderView = (id: string, placedAt: Date, order: PlacedOrder): OrderView => ({
  id,
  status: 'PENDING',
  version: 1,
  customerId: order.customerId,
  reference: order.reference,
  destination: order.destination,
  total: moneyView(order.total.amountMinor, order.total.currencyCode),
  placedAt,
  updatedAt: placedAt,
  rejection: null,
  cancellation: null,
  get lines() {
    return order.lines.map((line) => orderLineView(line, order.total.currencyCode));
  },
});

export const orderLineView = (line: PricedLine, currencyCode: string): OrderLineView => ({
  sku: line.sku,
  quantity: line.quantity,
  unitPrice: moneyView(line.unitPriceMinor, currencyCode),
});

export const moneyView = (amountMinor: bigint, currencyCode: string): MoneyView => ({
  amount: fromMinorUnits(amountMinor, currencyCode),
  currencyCode,
});

/** Orders by id, those that exist, in one statement; also inside a transaction. */
export async function readOrders(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrderView>> {
  const orderIds = [...new Set(ids.filter(isOrderId))];
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<OrderRow>`
    select ${orderColumns} from orders where id = any(${orderIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toOrderView(row)]));
}

/** Those of the orders that the viewer may see: a customer their own, an operator all, nobody none. */
export async function readVisibleOrders(
  tx: Tx,
  ids: readonly string[],
  viewer: Viewer | null,
): Promise<ReadonlyMap<string, OrderView>> {
  if (viewer === null) return new Map();
  const orders = await readOrders(tx, ids);
  if (viewer.isOperator) return orders;
  return new Map([...orders].filter(([, { customerId }]) => customerId === viewer.customerId));
}
