import { Migration } from '@mikro-orm/migrations';

/** Products, facilities, stock with its ledger, and what was decided about each order. */
export class InventoryTables extends Migration {
  override up(): void {
    this.addSql(`create extension if not exists pg_trgm`);
    this.addSql(`
      create table product (
        sku text collate "C" primary key,
        name text not null,
        unit_price_minor bigint not null check (unit_price_minor >= 0),
        currency_code char(3) not null,
        version integer not null check (version >= 1)
      )`);
    this.addSql(`create index product_sku_search on product using gin (sku gin_trgm_ops)`);
    this.addSql(`create index product_name_search on product using gin (name gin_trgm_ops)`);
    this.addSql(`
      create table facility (
        id text collate "C" primary key,
        name text not null,
        country char(2) not null,
        latitude double precision not null check (latitude between -90 and 90),
        longitude double precision not null check (longitude between -180 and 180),
        airport_iata char(3) not null,
        airport_name text not null,
        airport_latitude double precision not null,
        airport_longitude double precision not null,
        airport_distance_mm bigint not null check (airport_distance_mm >= 0)
      )`);
    // Half of each page is left free, so that the next versions of hot levels find room beside them.
    this.addSql(`
      create table stock_level (
        sku text collate "C" not null references product,
        facility_id text collate "C" not null references facility,
        zone text collate "C" not null check (zone in ('PRIMARY', 'BACK')),
        on_hand integer not null check (on_hand <= 1000000000),
        reserved integer not null,
        version integer not null check (version >= 0),
        primary key (sku, facility_id, zone),
        check (0 <= reserved and reserved <= on_hand)
      ) with (fillfactor = 50)`);
    this.addSql(`create index stock_level_of_facility on stock_level (facility_id, sku, zone desc)`);
    // The ledger. No foreign keys: a level is locked by whoever writes here, and the ledger is only ever added to.
    this.addSql(`
      create table stock_movement (
        id bigint generated always as identity primary key,
        sku text collate "C" not null,
        facility_id text collate "C" not null,
        zone text collate "C" not null,
        kind text not null check (kind in ('RECEIVED', 'ADJUSTED', 'RESERVED', 'RELEASED', 'EXPIRED', 'SHIPPED')),
        on_hand_change integer not null,
        reserved_change integer not null,
        on_hand_after integer not null,
        reserved_after integer not null,
        order_id uuid,
        reason text,
        occurred_at timestamptz(3) not null
      )`);
    this.addSql(`create index stock_movement_of_level on stock_movement (sku, facility_id, id)`);
    this.addSql(`create index stock_movement_of_facility on stock_movement (facility_id, id)`);
    this.addSql(
      `create index stock_movement_of_order on stock_movement (order_id, id) where order_id is not null`,
    );
    // One row for every order that inventory ever heard of, for good. A TOMBSTONE knows no customer.
    this.addSql(`
      create table reservation (
        order_id uuid primary key,
        status text not null check (status in ('HELD', 'RELEASED', 'EXPIRED', 'SHIPPED', 'REJECTED', 'TOMBSTONE')),
        version integer not null check (version >= 1),
        customer_id text collate "C",
        decided_at timestamptz(3) not null,
        expires_at timestamptz(3),
        decision json,
        shortages json,
        check ((customer_id is null) = (status = 'TOMBSTONE')),
        check ((shortages is not null) = (status = 'REJECTED')),
        check ((decision is null) = (status in ('REJECTED', 'TOMBSTONE')))
      ) with (fillfactor = 70)`);
    // Kept when the reservation ends, as what it was; only those of HELD reservations count as reserved.
    this.addSql(`
      create table allocation (
        order_id uuid not null,
        sku text collate "C" not null,
        facility_id text collate "C" not null,
        zone text collate "C" not null,
        quantity integer not null check (quantity >= 1),
        primary key (order_id, sku, facility_id, zone)
      )`);
    // Commands on stock that were done: a repeat is answered from here.
    this.addSql(`
      create table stock_command (
        idempotency_key text collate "C" primary key,
        content_hash bytea not null,
        levels json not null,
        done_at timestamptz(3) not null
      )`);
  }
}
