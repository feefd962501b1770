import { Client } from 'pg';
import type { System } from '../system.ts';

/** Writes orders straight into the orders database, decided ones, a second apart: as much as years of trade leave behind. */
export async function fillWithOrders(system: System, count: number): Promise<void> {
  const database = new Client({ connectionString: system.runFile.urls.ordersDatabase });
  await database.connect();
  try {
    await database.query(
      `insert into orders (id, customer_id, reference, status, version, placed_at, updated_at, country, city, latitude, longitude,
                           destination_precision, total_minor, currency_code, rejection)
       select gen_random_uuid(), 'customer-' || n % 500, 'R-' || n, status, 2, placed_at, placed_at + interval '40 ms', 'GB', 'London',
              51.5, -0.12, 'CITY', 800 + n % 9000, 'GBP',
              case when status = 'REJECTED' then '{"reason":"NOT_ENOUGH_STOCK","shortages":[]}'::json end
       from (select n, now() - n * interval '1 second' as placed_at,
                    case when n % 7 = 0 then 'REJECTED' else 'RESERVED' end as status
             from generate_series(1, $1::integer) as n) as made`,
      [count],
    );
    await database.query(
      `insert into order_line (order_id, line_number, sku, quantity, unit_price_minor)
       select id, 1, 'MUG-BLUE', 1, total_minor from orders where reference like 'R-%'`,
    );
    await database.query(
      `insert into order_total (status, shard, count) select status, 99, count(*) from orders where reference like 'R-%' group by status`,
    );
    await database.query('analyze orders');
  } finally {
    await database.end();
  }
}
