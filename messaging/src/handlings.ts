import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { isUuid } from './parked.ts';
import type { ConsumerName } from './topology.ts';

/** That a consumer has handled a fact, once, and which message brought it. */
export interface FactHandling {
  readonly consumer: ConsumerName;
  readonly handledAt: Date;
  /** Which delivery of the message it was, from 1; null, like the two that follow, when the fact was redriven. */
  readonly deliveries: number | null;
  readonly streamSequence: string | null;
  /** When the stream stored the message. */
  readonly publishedAt: Date | null;
}

/**
 * What one consumer's inbox says of facts, by event id in lower case: one statement. Facts that it has not handled, or so long
 * ago that the inbox has forgotten them, are left out, and so is what is no event id.
 */
export async function readHandlings(
  tx: Tx,
  consumer: ConsumerName,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, FactHandling>> {
  const asked = [...new Set(eventIds.filter(isUuid))];
  const { rows } = await sql<HandlingRow>`
    select event_id, handled_at, deliveries, stream_sequence::text as stream_sequence, published_at
    from inbox where consumer = ${consumer} and event_id = any(${asked}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.event_id,
      {
        consumer,
        handledAt: row.handled_at,
        deliveries: row.deliveries,
        streamSequence: row.stream_sequence,
        publishedAt: row.published_at,
      },
    ]),
  );
}

interface HandlingRow {
  readonly event_id: string;
  readonly handled_at: Date;
  readonly deliveries: number | null;
  readonly stream_sequence: string | null;
  readonly published_at: Date | null;
}
