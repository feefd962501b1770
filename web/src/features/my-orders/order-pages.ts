/** Orders as far as they were read, newest first, and where to go on. */
export interface OrderPages<Each extends ListedOrder> {
  readonly orders: readonly Each[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
}

export interface ListedOrder {
  readonly id: string;
  readonly version: number;
}

/** The page that follows is added; an order that stands already is not shown twice. */
export function withNextPage<Each extends ListedOrder>(
  known: OrderPages<Each>,
  page: OrderPages<Each>,
): OrderPages<Each> {
  const shown = new Set(known.orders.map(({ id }) => id));
  return { ...page, orders: [...known.orders, ...page.orders.filter(({ id }) => !shown.has(id))] };
}

/**
 * The first page, read again: new orders come first, and of each order the higher version stands. When it does not reach
 * the newest that was known, what lies between is not known, and the list begins anew.
 */
export function withFirstPage<Each extends ListedOrder>(
  known: OrderPages<Each>,
  first: OrderPages<Each>,
): OrderPages<Each> {
  const held = new Map(known.orders.map((order) => [order.id, order]));
  if (!first.orders.some(({ id }) => held.has(id))) return first;
  const fresh = first.orders.map((order) => {
    const before = held.get(order.id);
    return before !== undefined && before.version > order.version ? before : order;
  });
  const isFresh = new Set(fresh.map(({ id }) => id));
  return { ...known, orders: [...fresh, ...known.orders.filter(({ id }) => !isFresh.has(id))] };
}
