import {
  newEventId,
  type Database,
  type FactData,
  type FactType,
  type ReceivedFact,
} from '@holdfast/messaging';
import { createLogger } from '@holdfast/service';
import { sql } from 'kysely';
import type { PlaceOrder } from './commands/place-orders-group.ts';
import { aDraft } from './domain/testing.ts';
import { saveProducts } from './store/catalogue.ts';
import { openOrdersDatabase } from './store/open-orders-database.ts';

/** Says nothing. */
export const aSilentLog = createLogger('orders', 'silent');

/** A migrated database whose catalogue lists A at 2.50 and B at 2.00 GBP. */
export async function anOrdersDatabase(
  url: string,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  const opened = await openOrdersDatabase(url, aSilentLog);
  await opened.database.transaction((tx) =>
    saveProducts(tx, [
      { sku: 'A', unitPriceMinor: 250n, currencyCode: 'GBP', version: 1 },
      { sku: 'B', unitPriceMinor: 200n, currencyCode: 'GBP', version: 1 },
    ]),
  );
  return { database: opened.database, close: () => opened.close() };
}

export const aPlaceOrder = (changes: Partial<PlaceOrder> = {}): PlaceOrder => ({
  orderId: newEventId(),
  eventId: newEventId(),
  correlationId: newEventId(),
  traceparent: null,
  placedAt: new Date(),
  key: newEventId(),
  contentHash: Buffer.alloc(32, 1),
  draft: aDraft(),
  ...changes,
});

/** A fact as inventory would state it and a consumer would hand it over. */
export const aReceivedFact = <Type extends FactType>(type: Type, data: FactData<Type>): ReceivedFact =>
  ({
    eventId: newEventId(),
    type,
    occurredAt: new Date(),
    correlationId: newEventId(),
    causationId: null,
    traceparent: null,
    data,
    delivery: { stream: 'INVENTORY', sequence: 1, deliveryCount: 1 },
  }) as ReceivedFact;

/** Every row of every table, so that "nothing changed" can be said of all of them. */
export async function readEverything(database: Database): Promise<Readonly<Record<string, unknown>>> {
  const tables = [
    'orders',
    'order_line',
    'idempotency_key',
    'order_total',
    'catalogue_product',
    'journal',
    'outbox',
  ];
  const contents = await Promise.all(
    tables.map((table) =>
      sql<{ rows: unknown }>`
        select coalesce(json_agg(t order by t::text), '[]') as rows from ${sql.table(table)} t`.execute(
        database.read,
      ),
    ),
  );
  return Object.fromEntries(tables.map((table, index) => [table, contents[index]?.rows[0]?.rows]));
}

/** Makes each row take 10 ms to insert while `work` runs, so that two statements surely meet on the same rows. */
export async function withSlowInserts<Result>(
  database: Database,
  table: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await sql`
    create or replace function insert_slowly() returns trigger language plpgsql
    as 'begin perform pg_sleep(0.01); return new; end'`.execute(database.read);
  await sql`
    create trigger slow before insert on ${sql.table(table)} for each row execute function insert_slowly()
    `.execute(database.read);
  try {
    return await work();
  } finally {
    await sql`drop trigger slow on ${sql.table(table)}`.execute(database.read);
  }
}
