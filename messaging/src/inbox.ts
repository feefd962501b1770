import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** How long a handled fact is remembered: longer than any stream keeps it, so that a repeat is always known. */
export const inboxRetentionMs = 21 * 24 * 60 * 60 * 1000;

const rowsPerCleaning = 5_000;

/** A fact that is about to be handled. */
export interface InboxEntry {
  readonly eventId: string;
  /** The message of the stream that brought it; null when it is redriven. */
  readonly message: {
    readonly streamSequence: number;
    /** When the stream stored it. */
    readonly publishedAt: Date;
    /** 1 at first. */
    readonly deliveries: number;
  } | null;
}

/**
 * Writes facts into a consumer's inbox and returns the event ids of those that were not there: the first statement of
 * every transaction that handles facts. Keys are inserted in one order, so that two transactions that want the same ones
 * do not deadlock; the second waits for the first and then finds what it committed.
 */
export async function enterInbox(
  tx: Tx,
  consumer: string,
  entries: readonly InboxEntry[],
): Promise<ReadonlySet<string>> {
  const sorted = entries.toSorted((one, other) => (one.eventId < other.eventId ? -1 : 1));
  const { rows } = await sql<{ event_id: string }>`
    insert into inbox (consumer, event_id, stream_sequence, published_at, deliveries)
    select ${consumer}, event_id, stream_sequence, published_at, deliveries
    from unnest(${sorted.map(({ eventId }) => eventId)}::uuid[],
                ${sorted.map(({ message }) => message?.streamSequence ?? null)}::bigint[],
                ${sorted.map(({ message }) => message?.publishedAt.toISOString() ?? null)}::timestamptz[],
                ${sorted.map(({ message }) => message?.deliveries ?? null)}::integer[])
      with ordinality as asked (event_id, stream_sequence, published_at, deliveries, place)
    order by place
    on conflict do nothing
    returning event_id`.execute(tx);
  return new Set(rows.map((row) => row.event_id));
}

/** Forgets facts that were handled before the retention and attempts as old, a few thousand a transaction; returns how many facts. */
export async function cleanInbox(database: Database): Promise<number> {
  const retentionMs = inboxRetentionMs;
  let removed = 0;
  for (let last = rowsPerCleaning; last === rowsPerCleaning; removed += last) {
    last = await database.transaction(async (tx) => {
      const { rows } = await sql<{ one: number }>`
        delete from inbox where ctid = any (array(
          select ctid from inbox where handled_at < now() - ${retentionMs} * interval '1 millisecond'
          limit ${rowsPerCleaning} for update skip locked))
        returning 1 as one`.execute(tx);
      return rows.length;
    });
  }
  await database.transaction((tx) =>
    sql`delete from delivery_attempt where attempted_at < now() - ${retentionMs} * interval '1 millisecond'`.execute(
      tx,
    ),
  );
  return removed;
}
