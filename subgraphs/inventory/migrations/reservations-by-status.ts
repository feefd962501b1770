import { Migration } from '@mikro-orm/migrations';

/** Lists of reservations, newest first, each status a range of one index. */
export class ReservationsByStatus extends Migration {
  override up(): void {
    // Without the rows of orders to which nothing was tied: a row is opened as a TOMBSTONE, which costs this index nothing.
    this.addSql(`
      create index reservation_by_status on reservation (status, decided_at desc, order_id desc)
      where decision is not null`);
  }
}
