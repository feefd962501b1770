import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import type { OrderEntity, OrderLineEntity } from '../store/entities.ts';
import { orderLineView, type OrderLineView } from './order-view.ts';

type LineRow = Omit<RowOf<typeof OrderLineEntity>, 'line_number'> &
  Pick<RowOf<typeof OrderEntity>, 'currency_code'>;

/** The lines of orders, by order id, in the order in which the client named them: one statement. */
export async function readOrderLines(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OrderLineView[]>> {
  const { rows } = await sql<LineRow>`
    select line.order_id, line.sku, line.quantity, line.unit_price_minor, orders.currency_code
    from unnest(${[...new Set(orderIds)]}::uuid[]) as asked (id)
    join orders on orders.id = asked.id
    join order_line line on line.order_id = asked.id
    order by line.order_id, line.line_number`.execute(tx);
  const linesByOrder = new Map<string, OrderLineView[]>();
  for (const row of rows) {
    const line = orderLineView(
      { sku: row.sku, quantity: row.quantity, unitPriceMinor: BigInt(row.unit_price_minor) },
      row.currency_code,
    );
    const lines = linesByOrder.get(row.order_id);
    if (lines === undefined) linesByOrder.set(row.order_id, [line]);
    else lines.push(line);
  }
  return linesByOrder;
}
