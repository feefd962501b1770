import type { Books } from '../reconcile/books.ts';

/** Rows of stock_level and of orders. */
export const filledRows = 1_000_000;

const skus = 50_000;
const facilities = 100;
/** How many of the facilities have a SKU, in both zones. */
const facilitiesOfSku = 10;
const customers = 50_000;

/** An order's id from its number `n`, the same in both databases. */
const orderId = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
const orderStatus = `case n % 10 when 0 then 'REJECTED' when 1 then 'CANCELLED' else 'RESERVED' end`;
const reservationStatus = `case n % 10 when 0 then 'REJECTED' when 1 then 'RELEASED' else 'HELD' end`;
/** Those that were released had one that has passed; a few are held until one in a hundred years. */
const holdEnd = `case when n % 10 = 1 then now() when n % 1000 = 2 then now() + interval '100 years' end`;
const placedAt = `now() - n * interval '1 second'`;
const everyOrder = `generate_series(1, ${filledRows}) as n`;

const fillOrders: readonly string[] = [
  `insert into orders (id, customer_id, reference, status, version, placed_at, updated_at, country, latitude, longitude,
                       destination_precision, total_minor, currency_code, rejection, cancellation_code)
   select ${orderId}, 'customer-' || n % ${customers}, 'reference-' || n, ${orderStatus}, 2, ${placedAt}, ${placedAt}, 'GB', 51, 0,
          'COUNTRY', 500, 'GBP', case n % 10 when 0 then '{"reason":"","shortages":[]}'::json end, case n % 10 when 1 then 'OPERATOR' end
   from ${everyOrder}`,
  `insert into order_line (order_id, line_number, sku, quantity, unit_price_minor)
   select ${orderId}, 1, 'SKU-' || n % ${skus}, 2, 250 from ${everyOrder}`,
  `insert into idempotency_key (customer_id, key, content_hash, order_id)
   select 'customer-' || n % ${customers}, 'key-' || n, '\\x00', ${orderId} from ${everyOrder}`,
  `insert into order_total (status, shard, count)
   select ${orderStatus}, 0, count(*) from ${everyOrder} group by 1 on conflict do nothing`,
  `insert into catalogue_product (sku, unit_price_minor, currency_code, version)
   select 'SKU-' || n, 250, 'GBP', 1 from generate_series(0, ${skus - 1}) as n`,
  `insert into journal (event_id, type, aggregate, aggregate_id, version, occurred_at, correlation_id, data)
   select gen_random_uuid(), 'OrderPlaced', 'order', ${orderId}::text, 1, ${placedAt}, gen_random_uuid(), '{"from":null,"to":"PENDING"}'
   from ${everyOrder}`,
  `insert into inbox (consumer, event_id) select 'orders-reservations', gen_random_uuid() from ${everyOrder}`,
];

const fillInventory: readonly string[] = [
  `insert into product (sku, name, unit_price_minor, currency_code, version)
   select 'SKU-' || n, 'Product number ' || n, 250, 'GBP', 1 from generate_series(0, ${skus - 1}) as n`,
  `insert into facility select 'facility-' || n, 'Facility ' || n, 'GB', 50 + n * 0.1, 0, 'LHR', 'Heathrow', 51, 0, 1000
   from generate_series(0, ${facilities - 1}) as n`,
  `insert into stock_level (sku, facility_id, zone, on_hand, reserved, version)
   select 'SKU-' || n, 'facility-' || (n + place) % ${facilities}, zone, 100, 0, 1
   from generate_series(0, ${skus - 1}) as n, generate_series(0, ${facilitiesOfSku - 1}) as place, unnest(array['PRIMARY', 'BACK']) as zone`,
  `insert into stock_movement (sku, facility_id, zone, kind, on_hand_change, reserved_change, on_hand_after, reserved_after, order_id, occurred_at)
   select 'SKU-' || n % ${skus}, 'facility-' || n % ${facilities}, 'PRIMARY', 'RESERVED', 0, 0, 100, 0, ${orderId}, ${placedAt} from ${everyOrder}`,
  `insert into reservation (order_id, status, version, customer_id, decided_at, expires_at, decision, shortages)
   select ${orderId}, ${reservationStatus}, 1, 'customer-' || n % ${customers}, ${placedAt}, ${holdEnd},
          case when n % 10 > 0 then '{"policyVersion":"1","international":false,"candidates":[]}'::json end,
          case n % 10 when 0 then '[]'::json end
   from ${everyOrder}`,
  `insert into allocation (order_id, sku, facility_id, zone, quantity)
   select ${orderId}, 'SKU-' || n % ${skus}, 'facility-' || n % ${facilities}, 'PRIMARY', 2 from ${everyOrder} where n % 10 > 0`,
  `insert into stock_command (idempotency_key, content_hash, levels, done_at)
   select 'key-' || n, '\\x00', '[]', ${placedAt} from generate_series(1, 100000) as n`,
  `insert into journal (event_id, type, aggregate, aggregate_id, version, occurred_at, correlation_id, data)
   select gen_random_uuid(), 'StockReserved', 'reservation', ${orderId}::text, 1, ${placedAt}, gen_random_uuid(), '{}' from ${everyOrder}`,
  `insert into inbox (consumer, event_id) select 'inventory-orders', gen_random_uuid() from ${everyOrder}`,
];

/** As both services have them: half are open. */
const fillParked: readonly string[] = [
  `insert into parked (id, consumer, event_id, stream, stream_sequence, subject, headers, payload, reason, attempts, parked_at,
                       closed_at, closed_by, closed_as)
   select gen_random_uuid(), 'filled', n::text, 'ORDERS', n, 'filled', '{}', '', 'filled', 5, ${placedAt},
          case n % 2 when 0 then ${placedAt} end, case n % 2 when 0 then 'local' end, case n % 2 when 0 then 'REDRIVEN' end
   from generate_series(1, 100000) as n`,
];

/** Fills both databases unless they are filled: each part in one transaction, so wholly or not at all. */
export async function fillOnce(
  orders: Books,
  inventory: Books,
  print: (line: string) => void,
): Promise<void> {
  await fill(orders, 'orders', 'journal', fillOrders, print);
  await fill(inventory, 'inventory', 'journal', fillInventory, print);
  await fill(orders, 'orders', 'parked', fillParked, print);
  await fill(inventory, 'inventory', 'parked', fillParked, print);
}

const mark = 'filled for explain';

/** Notes on the table `marked` that these statements have run. */
async function fill(
  books: Books,
  name: string,
  marked: 'journal' | 'parked',
  statements: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const [filled] = await books.rows<{ mark: string | null }>(
    `select obj_description('${marked}'::regclass) as mark`,
  );
  if (filled?.mark === mark) return;
  print(`filling ${name}: ${marked} and what belongs to it, once …`);
  await books.rows('begin');
  await books.rows('set local synchronous_commit = off');
  for (const statement of statements) await books.rows(statement);
  await books.rows(`comment on table ${marked} is '${mark}'`);
  await books.rows('commit');
  await books.rows('vacuum analyze');
}

/** The id that the fill gave to its order number `n`. */
export const filledOrderId = (n: number): string =>
  `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
