import { messagingSchema } from '@holdfast/messaging';
import { Migration } from '@mikro-orm/migrations';

/** Journal, outbox, inbox and what else carries facts. */
export class MessagingTables extends Migration {
  override up(): void {
    for (const statement of messagingSchema) this.addSql(statement);
  }
}
