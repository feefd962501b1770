import {
  newEventId,
  type BatchHandler,
  type Database,
  type FactOfType,
  type ReceivedFact,
} from '@holdfast/messaging';
import { createLogger, type EntityDatabase } from '@holdfast/service';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Level, Zone } from './domain/stock.ts';
import { openInventoryDatabase } from './store/open-inventory-database.ts';

export interface TestInventory {
  readonly servers: TestServers;
  readonly database: EntityDatabase;
  stop(): Promise<void>;
}

/** A PostgreSQL of the test's own with inventory's tables. */
export async function startTestInventory(): Promise<TestInventory> {
  const servers = await startTestServers({ parts: ['postgres'] });
  const url = await servers.postgres.createDatabase();
  const opened = await openInventoryDatabase(url, createLogger('inventory', 'silent'));
  return {
    servers,
    database: opened.database,
    stop: async () => {
      await opened.close();
      await servers.stop();
    },
  };
}

/** Empties every table but the messaging lease. */
export const emptyTables = (database: Database): Promise<unknown> =>
  sql`truncate product, facility, stock_level, stock_movement, reservation, allocation, stock_command,
      journal, outbox, inbox`.execute(database.read);

export interface GivenLevel {
  readonly sku: string;
  readonly facilityId: string;
  readonly zone?: Zone;
  readonly onHand: number;
}

/** Inserts facilities in GB (or as `countries` says) one degree of latitude apart, products and received stock. */
export async function seedStock(
  database: Database,
  levels: readonly GivenLevel[],
  countries: Readonly<Record<string, string>> = {},
): Promise<void> {
  const facilityIds = [...new Set(levels.map(({ facilityId }) => facilityId))];
  const skus = [...new Set(levels.map(({ sku }) => sku))];
  await database.transaction(async (tx) => {
    await sql`
      insert into facility select id, id, country, 50 + place, 0, 'LHR', 'Heathrow', 51, 0, place * 1000
      from unnest(${facilityIds}::text[], ${facilityIds.map((id) => countries[id] ?? 'GB')}::text[])
        with ordinality as given (id, country, place)`.execute(tx);
    await sql`
      insert into product select sku, 'Product ' || sku, 1250, 'GBP', 1 from unnest(${skus}::text[]) as given (sku)`.execute(
      tx,
    );
    await sql`
      with given as (
        select * from unnest(${levels.map(({ sku }) => sku)}::text[],
                             ${levels.map(({ facilityId }) => facilityId)}::text[],
                             ${levels.map(({ zone }) => zone ?? 'PRIMARY')}::text[],
                             ${levels.map(({ onHand }) => onHand)}::integer[])
          as level (sku, facility_id, zone, on_hand)
      ), stored as (
        insert into stock_level select sku, facility_id, zone, on_hand, 0, 1 from given
      )
      insert into stock_movement (sku, facility_id, zone, kind, on_hand_change, reserved_change,
                                  on_hand_after, reserved_after, occurred_at)
      select sku, facility_id, zone, 'RECEIVED', on_hand, 0, on_hand, 0, now() from given`.execute(tx);
  });
}

const envelope = () => ({
  eventId: newEventId(),
  occurredAt: new Date(),
  correlationId: randomUUID(),
  causationId: null,
  traceparent: null,
  delivery: { stream: 'ORDERS', sequence: 1, deliveryCount: 1 },
});

type Received<Type extends 'OrderPlaced' | 'OrderCancelled' | 'OrderShipping'> = FactOfType<Type> &
  ReceivedFact;

export const anOrderPlaced = (
  lines: Readonly<Record<string, number>>,
  { orderId = newEventId(), country = 'GB', customerId = 'customer-1' } = {},
): Received<'OrderPlaced'> => ({
  ...envelope(),
  type: 'OrderPlaced',
  data: {
    orderId,
    version: 1,
    from: null,
    to: 'PENDING',
    customerId,
    reference: null,
    destination: { country, latitude: 50, longitude: 0 },
    total: { amount: '1.00', currencyCode: 'GBP' },
    lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
  },
});

export const anOrderCancelled = (orderId: string): Received<'OrderCancelled'> => ({
  ...envelope(),
  type: 'OrderCancelled',
  data: { orderId, version: 2, from: 'PENDING', to: 'CANCELLED', code: 'CUSTOMER', reason: null },
});

export const anOrderShipping = (orderId: string): Received<'OrderShipping'> => ({
  ...envelope(),
  type: 'OrderShipping',
  data: { orderId, version: 3, from: 'RESERVED', to: 'SHIPPING' },
});

/** Gives orders that are held an end so many milliseconds from now by the database's clock; a negative one has passed. */
export const endHolds = (database: Database, orderIds: readonly string[], inMs: number): Promise<unknown> =>
  sql`update reservation set expires_at = clock_timestamp() + ${inMs}::float8 * interval '1 millisecond'
      where status = 'HELD' and order_id = any(${orderIds}::uuid[])`.execute(database.read);

/** Runs a handler on facts as a consumer would, but with no inbox: as if it had been lost. */
export const deliver = (
  database: Database,
  handler: BatchHandler,
  facts: readonly ReceivedFact[],
): Promise<void> => database.transaction((tx) => handler(tx, facts));

export async function readBooks(database: Database): Promise<{
  levels: Level[];
  statuses: Record<string, string>;
  stated: { type: string; aggregateId: string; version: number }[];
}> {
  const levels = await sql<Level>`
    select sku, facility_id as "facilityId", zone, on_hand as "onHand", reserved, version from stock_level
    order by sku, facility_id, zone desc`.execute(database.read);
  const reservations = await sql<{ order_id: string; status: string }>`
    select order_id, status from reservation`.execute(database.read);
  const stated = await sql<{ type: string; aggregateId: string; version: number }>`
    select type, aggregate_id as "aggregateId", version from journal order by id`.execute(database.read);
  return {
    levels: levels.rows,
    statuses: Object.fromEntries(reservations.rows.map(({ order_id, status }) => [order_id, status])),
    stated: stated.rows,
  };
}

/** Levels that break rule 3: on hand is the sum of movements, reserved that of the allocations of HELD reservations. */
export async function unbalancedLevels(database: Database): Promise<unknown[]> {
  const { rows } = await sql`
    select sku, facility_id, zone, on_hand, reserved, moved, promised, held from stock_level
    cross join lateral (
      select coalesce(sum(on_hand_change), 0) as moved, coalesce(sum(reserved_change), 0) as promised
      from stock_movement m where (m.sku, m.facility_id, m.zone) = (stock_level.sku, stock_level.facility_id, stock_level.zone)
    ) as ledger
    cross join lateral (
      select coalesce(sum(quantity), 0) as held from allocation a join reservation using (order_id)
      where status = 'HELD' and (a.sku, a.facility_id, a.zone) = (stock_level.sku, stock_level.facility_id, stock_level.zone)
    ) as held
    where on_hand <> moved or reserved <> promised or reserved <> held`.execute(database.read);
  return rows;
}
