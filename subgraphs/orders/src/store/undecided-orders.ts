import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';

/** A place in the list of PENDING orders, oldest first; null is before the first. */
export type PendingPosition = { readonly placedAt: Date; readonly id: string } | null;

/** What caused an order's end for want of a decision: the fact that it was placed. */
export interface UndecidedOrder {
  readonly id: string;
  readonly placedEventId: string;
  readonly correlationId: string;
}

export interface PendingPage {
  /** Those of the page whose time for a decision is over. */
  readonly undecided: readonly UndecidedOrder[];
  /** Where the next page begins; null when this was the last one. */
  readonly next: PendingPosition;
}

/** PENDING orders looked at by one statement. */
export const pendingPageOrders = 500;

/**
 * Looks at one page of the PENDING orders after a position. An order's time is over when `decisionSeconds` have passed, by the
 * database's clock, since the stream acknowledged its OrderPlaced and since `heardSince`, whichever was later. A place in
 * the outbox that has been given up was acknowledged longer ago than any such time. One that is not acknowledged, or not any
 * more since the stream lost it, is not counted.
 */
export async function readUndecided(
  tx: Tx,
  after: PendingPosition,
  decisionSeconds: number,
  heardSince: Date,
): Promise<PendingPage> {
  const { rows } = await sql<UndecidedRow>`
    with pending as materialized (
      select id, placed_at from orders
      where status = 'PENDING'
        and (placed_at, id) > (${after?.placedAt.toISOString() ?? '-infinity'}::timestamptz, ${after?.id ?? nilId}::uuid)
      order by placed_at, id limit ${sql.lit(pendingPageOrders)}
    )
    select pending.id, pending.placed_at, journal.event_id, journal.correlation_id,
           journal.id is not null and (outbox.journal_id is null or outbox.sequence is not null)
             and greatest(outbox.published_at, ${heardSince.toISOString()}::timestamptz)
                 <= clock_timestamp() - ${decisionSeconds} * interval '1 second' as is_over
    from pending
    left join journal on journal.aggregate_id = pending.id::text and journal.version = 1 and journal.aggregate = 'order'
    left join outbox on outbox.journal_id = journal.id
    order by pending.placed_at, pending.id`.execute(tx);
  const last = rows.at(-1);
  return {
    undecided: rows.flatMap((row) =>
      row.is_over ? [{ id: row.id, placedEventId: row.event_id, correlationId: row.correlation_id }] : [],
    ),
    next:
      last === undefined || rows.length < pendingPageOrders
        ? null
        : { placedAt: last.placed_at, id: last.id },
  };
}

const nilId = '00000000-0000-0000-0000-000000000000';

interface UndecidedRow {
  readonly id: string;
  readonly placed_at: Date;
  readonly event_id: string;
  readonly correlation_id: string;
  readonly is_over: boolean;
}

/** The database's clock. */
export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx);
  return rows[0]!.now;
}
