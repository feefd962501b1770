import { messagingHistorySchema } from '@holdfast/messaging';
import { Migration } from '@mikro-orm/migrations';

/** What the inbox remembers of the messages that brought its facts, and a way through closed parked messages. */
export class MessagingHistory extends Migration {
  override up(): void {
    for (const statement of messagingHistorySchema) this.addSql(statement);
  }
}
