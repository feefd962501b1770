import { Migration } from '@mikro-orm/migrations';

/** Holds by their end. */
export class DueHolds extends Migration {
  override up(): void {
    // Only those that may still become due: as many rows as there are holds now, however many there ever were.
    this.addSql(`
      create index reservation_by_end on reservation (expires_at)
      where status = 'HELD' and expires_at is not null`);
  }
}
