import { Migration } from '@mikro-orm/migrations';

/** Orders with their lines, the keys they were placed under, how many there are, and the catalogue as orders knows it. */
export class OrderTables extends Migration {
  override up(): void {
    this.addSql(`
      create table orders (
        id uuid primary key,
        customer_id text collate "C" not null,
        reference text collate "C",
        status text not null check (status in ('PENDING', 'RESERVED', 'REJECTED', 'CANCELLED', 'SHIPPING', 'DELIVERED')),
        version integer not null check (version >= 1),
        is_confirmed boolean not null default false,
        placed_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        country char(2) not null,
        city text,
        postal_code text,
        latitude double precision not null check (latitude between -90 and 90),
        longitude double precision not null check (longitude between -180 and 180),
        destination_precision text not null check (destination_precision in ('GIVEN', 'POSTAL_CODE', 'CITY', 'COUNTRY')),
        total_minor bigint not null check (total_minor >= 0),
        currency_code char(3) not null,
        rejection json,
        cancellation_code text check (cancellation_code in ('CUSTOMER', 'OPERATOR', 'UNDECIDED', 'HOLD_EXPIRED')),
        cancellation_reason text,
        check ((rejection is not null) = (status = 'REJECTED')),
        check ((cancellation_code is not null) = (status = 'CANCELLED'))
      )`);
    // Newest first, per status and per customer and status: every list of orders is read from a few short index ranges.
    this.addSql(`create index orders_by_status on orders (status, placed_at desc, id desc)`);
    this.addSql(`create index orders_by_customer on orders (customer_id, status, placed_at desc, id desc)`);
    this.addSql(
      `create index orders_by_reference on orders (reference, placed_at desc, id desc) where reference is not null`,
    );
    this.addSql(`
      create table order_line (
        order_id uuid not null,
        line_number integer not null,
        sku text collate "C" not null,
        quantity integer not null check (quantity between 1 and 1000000),
        unit_price_minor bigint not null check (unit_price_minor >= 0),
        primary key (order_id, line_number)
      )`);
    this.addSql(`
      create table idempotency_key (
        customer_id text collate "C" not null,
        key text collate "C" not null,
        content_hash bytea not null,
        order_id uuid not null,
        primary key (customer_id, key)
      )`);
    // Sixteen counters a status, so that writers do not queue for one row; a single one may be negative, the sum never is.
    this.addSql(`
      create table order_total (
        status text not null,
        shard integer not null,
        count bigint not null,
        primary key (status, shard)
      ) with (fillfactor = 50)`);
    this.addSql(`
      create table catalogue_product (
        sku text collate "C" primary key,
        unit_price_minor bigint not null check (unit_price_minor >= 0),
        currency_code char(3) not null,
        version integer not null check (version >= 1)
      )`);
  }
}
