import type { OrderFilter, OrderStatus } from '../../graphql/schema.generated.ts';
import { orderStatuses } from '../../ui/order-statuses.ts';

/** What the address says of the orders to show; what is left out narrows nothing. */
export interface OrdersSearch {
  readonly statuses?: readonly OrderStatus[];
  readonly customer?: string;
  readonly reference?: string;
  /** Instants in UTC, ISO 8601; from that one on, and before that one. */
  readonly placedFrom?: string;
  readonly placedBefore?: string;
}

/** The longest name of a customer and the longest reference that an order can have. */
export const longestName = 200;

/** An address may be typed by hand: what makes no sense in it is left out. */
export function parseOrdersSearch(search: Readonly<Record<string, unknown>>): OrdersSearch {
  const statuses = parseStatuses(search['statuses']);
  const customer = parseText(search['customer']);
  const reference = parseText(search['reference']);
  const placedFrom = parseInstant(search['placedFrom']);
  const placedBefore = parseInstant(search['placedBefore']);
  return {
    ...(statuses === null ? {} : { statuses }),
    ...(customer === null ? {} : { customer }),
    ...(reference === null ? {} : { reference }),
    ...(placedFrom === null ? {} : { placedFrom }),
    ...(placedBefore === null ? {} : { placedBefore }),
  };
}

/** The same as the API understands it. */
export const filterOf = ({
  statuses,
  customer,
  reference,
  placedFrom,
  placedBefore,
}: OrdersSearch): OrderFilter => ({
  ...(statuses === undefined ? {} : { statuses }),
  ...(customer === undefined ? {} : { customerId: customer }),
  ...(reference === undefined ? {} : { reference }),
  ...(placedFrom === undefined ? {} : { placedFrom }),
  ...(placedBefore === undefined ? {} : { placedBefore }),
});

/** Null for none and for all of them: both show every order. */
function parseStatuses(value: unknown): readonly OrderStatus[] | null {
  const named = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const known = orderStatuses.filter((status) => named.includes(status));
  return known.length === 0 || known.length === orderStatuses.length ? null : known;
}

/** A name such as 123 comes as a number. */
function parseText(value: unknown): string | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? null : text.slice(0, longestName);
}

function parseInstant(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const at = new Date(value);
  const isWithinReach = at.getTime() >= 0 && at.getTime() < Date.UTC(10_000, 0);
  return isWithinReach ? at.toISOString() : null;
}
