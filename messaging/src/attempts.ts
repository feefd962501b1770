import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/**
 * Counts a run alone, committed before the handler starts, so that a message that kills its process is found. Returns
 * which run this is, from 1; null when the message is already in the inbox and needs no run.
 */
export async function countAttempt(
  database: Database,
  consumer: string,
  eventId: string,
): Promise<number | null> {
  const { rows } = await database.transaction((tx) =>
    sql<{ attempts: number }>`
      insert into delivery_attempt (consumer, message_key, attempts)
      select ${consumer}, ${eventId}, 1
      where not exists (select from inbox where consumer = ${consumer} and event_id = ${eventId}::uuid)
      on conflict (consumer, message_key)
      do update set attempts = delivery_attempt.attempts + 1, attempted_at = now()
      returning attempts`.execute(tx),
  );
  return rows[0]?.attempts ?? null;
}

/** Takes runs back that failed because a server was away. */
export const excuseAttempts = (
  database: Database,
  consumer: string,
  eventIds: readonly string[],
): Promise<unknown> =>
  database.transaction((tx) =>
    sql`update delivery_attempt set attempts = greatest(attempts - 1, 0)
        where consumer = ${consumer} and message_key = any (${eventIds}::text[])`.execute(tx),
  );

/** Keeps what went wrong in the last run, for who looks at the table before the message is parked. */
export const noteAttemptError = (
  database: Database,
  consumer: string,
  eventId: string,
  error: string,
): Promise<unknown> =>
  database.transaction((tx) =>
    sql`update delivery_attempt set last_error = ${error}
        where consumer = ${consumer} and message_key = ${eventId}`.execute(tx),
  );

/** Forgets a message's runs, in the transaction that handled or parked it. */
export const clearAttempts = (tx: Tx, consumer: string, eventId: string): Promise<unknown> =>
  sql`delete from delivery_attempt where consumer = ${consumer} and message_key = ${eventId}`.execute(tx);
