import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { OrderStatus } from '../domain/order.ts';

/** How many orders are in each state that any was ever in, from the counters that are kept with every change. */
export async function readOrderTotals(
  tx: Tx,
): Promise<readonly { readonly status: OrderStatus; readonly count: number }[]> {
  const { rows } = await sql<{ status: OrderStatus; count: number }>`
    select status, least(sum(count), 2147483647)::integer as count from order_total group by status order by status`.execute(
    tx,
  );
  return rows;
}
