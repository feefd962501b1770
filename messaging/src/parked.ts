import { sql } from 'kysely';
import { v7 as newUuid } from 'uuid';
import type { Database, Tx } from './database.ts';
import { clearAttempts } from './attempts.ts';

/** A message that a consumer could not handle, kept for a person. */
export interface ParkedMessageRow {
  readonly id: string;
  readonly consumer: string;
  /** Null when the message did not say. */
  readonly eventId: string | null;
  readonly eventType: string | null;
  readonly stream: string;
  readonly streamSequence: number;
  readonly subject: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** As UTF-8 text; bytes that are none show as U+FFFD. */
  readonly payload: string;
  readonly reason: string;
  /** Runs alone, 0 when it could not be read at all. */
  readonly attempts: number;
  readonly parkedAt: Date;
  /** Null while it is open, like the three that follow. */
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closedAs: 'REDRIVEN' | 'DISCARDED' | null;
  /** Only of what was discarded. */
  readonly closedReason: string | null;
}

/** A message as it is parked: with its payload's own bytes. */
export interface ParkedMessage extends Omit<
  ParkedMessageRow,
  'id' | 'payload' | 'parkedAt' | 'closedAt' | 'closedBy' | 'closedAs' | 'closedReason'
> {
  readonly payload: Uint8Array;
}

export interface ParkedProblem {
  readonly code: 'NOT_PARKED' | 'STILL_FAILING';
  readonly message: string;
  readonly path: string[] | null;
}

/** What a redrive or discard did: how many rows it closed, and why the others stay as they were. */
export interface ParkedResult {
  readonly changed: number;
  /** Those redriven whose fact had been handled before: their rows are closed, and nothing else changed. */
  readonly alreadyHandled: string[];
  readonly problems: ParkedProblem[];
}

/**
 * Parks a message in its own transaction and forgets its attempts. Safe to repeat: a message that was parked before, also
 * one that a person has closed since, is not parked again.
 */
export function park(database: Database, message: ParkedMessage): Promise<void> {
  const { consumer, stream, streamSequence, attempts } = message;
  const [eventId, eventType] = [message.eventId, message.eventType].map(shortened);
  const [subject, reason] = [message.subject, message.reason].map(storable);
  const headers = JSON.stringify(message.headers);
  const payload = Buffer.from(message.payload);
  return database.transaction(async (tx) => {
    await sql`
      insert into parked (id, consumer, event_id, event_type, stream, stream_sequence, subject, headers, payload, reason, attempts)
      select ${newUuid()}::uuid, ${consumer}, ${eventId}::text, ${eventType}::text, ${stream}, ${streamSequence}::bigint,
             ${subject}::text, ${headers}::json, ${payload}::bytea, ${reason}::text, ${attempts}::integer
      where not exists (
        select from parked
        where consumer = ${consumer} and stream = ${stream} and stream_sequence = ${streamSequence}::bigint
          and event_id is not distinct from ${eventId}::text and payload = ${payload}::bytea)
      on conflict do nothing`.execute(tx);
    if (eventId != null) await clearAttempts(tx, consumer, eventId);
  });
}

/** The headers are kept whole; what a row is found and listed by must fit into an index. */
const mostCharacters = 200;

/** PostgreSQL's text cannot hold U+0000, which a header written by hand can. */
const storable = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;
const shortened = (text: string | null): string | null =>
  storable(text)?.slice(0, mostCharacters).toWellFormed() ?? null;

/** Locks an open parked message until the transaction ends; null when it is closed or unknown. */
export async function lockParked(
  tx: Tx,
  id: string,
): Promise<(ParkedMessage & { readonly id: string; readonly parkedAt: Date }) | null> {
  const { rows } = await sql<ParkedColumns>`
    select ${parkedColumns} from parked where id = ${id}::uuid and closed_at is null for update`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : { ...parkedOf(row), payload: Buffer.from(row.payload, 'base64') };
}

/** Closes a parked message that was handled, in the transaction that handled it. */
export const closeRedriven = (tx: Tx, id: string, by: string): Promise<unknown> =>
  sql`update parked set closed_at = now(), closed_by = ${by}, closed_as = 'REDRIVEN' where id = ${id}::uuid`.execute(
    tx,
  );

/** Closes parked messages for good without handling them, with the reason, who and when. Safe to repeat: what is closed stays as it is. */
export async function discardParked(
  database: Database,
  ids: readonly string[],
  by: string,
  reason: string,
): Promise<ParkedResult> {
  const sorted = [...new Set(ids.filter(isUuid))].sort();
  const { rows } = await database.transaction((tx) =>
    sql<{ id: string }>`
      update parked set closed_at = now(), closed_by = ${by}, closed_as = 'DISCARDED', closed_reason = ${reason}
      where id in (select id from parked where id = any (${sorted}::uuid[]) and closed_at is null order by id for update)
      returning id`.execute(tx),
  );
  const closed = new Set(rows.map((row) => row.id));
  const others = [...new Set(ids)].filter((id) => !closed.has(id.toLowerCase()));
  return { changed: closed.size, alreadyHandled: [], problems: others.map(notParked) };
}

export const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

export const notParked = (id: string): ParkedProblem => ({
  code: 'NOT_PARKED',
  message: `No open parked message has the id ${id}`,
  path: null,
});

/** What `parkedOf` reads. */
export const parkedColumns = sql`id, consumer, event_id, event_type, stream, stream_sequence::text, subject, headers::text,
  encode(payload, 'base64') as payload, reason, attempts, parked_at, closed_at, closed_by, closed_as, closed_reason`;

export interface ParkedColumns {
  readonly id: string;
  readonly consumer: string;
  readonly event_id: string | null;
  readonly event_type: string | null;
  readonly stream: string;
  readonly stream_sequence: string;
  readonly subject: string;
  readonly headers: string;
  readonly payload: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parked_at: Date;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  readonly closed_as: 'REDRIVEN' | 'DISCARDED' | null;
  readonly closed_reason: string | null;
}

/** All of a row but its payload. */
export const parkedOf = (row: ParkedColumns): Omit<ParkedMessageRow, 'payload'> => ({
  id: row.id,
  consumer: row.consumer,
  eventId: row.event_id,
  eventType: row.event_type,
  stream: row.stream,
  streamSequence: Number(row.stream_sequence),
  subject: row.subject,
  headers: JSON.parse(row.headers) as Record<string, string[]>,
  reason: row.reason,
  attempts: row.attempts,
  parkedAt: row.parked_at,
  closedAt: row.closed_at,
  closedBy: row.closed_by,
  closedAs: row.closed_as,
  closedReason: row.closed_reason,
});
