import { Migration } from '@mikro-orm/migrations';

/** Whether an order's reservation has an end, so that it must be confirmed before it ships. Those reserved before had none. */
export class OrderHolds extends Migration {
  override up(): void {
    this.addSql(`alter table orders add column has_hold boolean not null default false`);
  }
}
