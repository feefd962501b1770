import { sql } from 'kysely';
import type { FactType } from './contracts/contracts.ts';
import type { Database, Tx } from './database.ts';
import type { StatedFact } from './envelope.ts';

/** Most facts that a relay has in memory: waiting, on their way, or acknowledged and not yet marked. */
export const windowFacts = 512;

export interface OutboxFact extends StatedFact {
  readonly journalId: number;
}

/**
 * The first facts, by journal id, that are not published, without those that are `inMemory` and without those of
 * `stopped` aggregates. For one aggregate ids are in the order of commits, so each snapshot holds the beginning of what
 * the aggregate has left; over aggregates ids commit out of order, so "greater than the last" is never asked.
 */
export async function readUnpublished(
  database: Database,
  limit: number,
  inMemory: readonly number[],
  stopped: readonly string[],
): Promise<OutboxFact[]> {
  const { rows } = await sql<UnpublishedRow>`
    select waiting.journal_id, waiting.aggregate_id, type, event_id, correlation_id, causation_id, traceparent,
           (extract(epoch from occurred_at) * 1000)::bigint as occurred_at_ms, data::text as json
    from (select journal_id, aggregate_id from outbox
          where sequence is null and journal_id <> all(${inMemory}::bigint[]) and aggregate_id <> all(${stopped}::text[])
          order by journal_id limit ${limit}) as waiting
    join journal on journal.id = waiting.journal_id
    order by waiting.journal_id`.execute(database.read);
  return rows.map((row) => ({
    journalId: Number(row.journal_id),
    aggregateId: row.aggregate_id,
    eventId: row.event_id,
    type: row.type,
    occurredAt: new Date(Number(row.occurred_at_ms)),
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    traceparent: row.traceparent,
    json: row.json,
  }));
}

interface UnpublishedRow {
  journal_id: string;
  aggregate_id: string;
  type: FactType;
  event_id: string;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  occurred_at_ms: string;
  json: string;
}

export interface Published {
  readonly journalId: number;
  readonly sequence: number;
}

/**
 * Notes the sequences at which facts were acknowledged. Returns false, and notes nothing, when `epoch` is no longer that
 * of the lease: the lock on the lease row makes a successor wait for marks under way and lets none through after it.
 * It does not wait for the disk: a mark lost with PostgreSQL is a fact published once more, with the same message id.
 * Rejects with 23505 when another row holds one of the sequences: then the stream was rewound.
 */
export async function markPublished(
  database: Database,
  epoch: number,
  acks: readonly Published[],
): Promise<boolean> {
  const result = await sql`
    with lease as (select set_config('synchronous_commit', 'off', true) from relay_lease where epoch = ${epoch} for share)
    update outbox set sequence = acked.sequence, epoch = ${epoch}, published_at = clock_timestamp()
    from lease, unnest(${acks.map((ack) => ack.journalId)}::bigint[], ${acks.map((ack) => ack.sequence)}::bigint[])
                as acked (journal_id, sequence)
    where outbox.journal_id = acked.journal_id and outbox.sequence is null`.execute(database.read);
  return result.numAffectedRows === BigInt(acks.length);
}

/** The highest sequence that an outbox row keeps; 0 when none does. */
export async function highestKeptSequence(database: Database): Promise<number> {
  const { rows } = await sql<{
    highest: string;
  }>`select coalesce(max(sequence), 0) as highest from outbox`.execute(database.read);
  return Number(rows[0]!.highest);
}

export interface KeptRow {
  readonly sequence: number;
  readonly eventId: string;
}

/** Rows that keep a sequence below `below`, the highest first. */
export async function readKept(database: Database, below: number, limit: number): Promise<KeptRow[]> {
  const { rows } = await sql<{ sequence: string; event_id: string }>`
    select kept.sequence, event_id
    from (select journal_id, sequence from outbox where sequence < ${below} order by sequence desc limit ${limit}) as kept
    join journal on journal.id = kept.journal_id
    order by kept.sequence desc`.execute(database.read);
  return rows.map((row) => ({ sequence: Number(row.sequence), eventId: row.event_id }));
}

/** Makes up to `limit` rows with a sequence of `from` or higher unpublished again; returns how many, 0 also when `epoch` is over. */
export async function clearKept(
  database: Database,
  epoch: number,
  from: number,
  limit: number,
): Promise<number> {
  const result = await sql`
    with lease as (select from relay_lease where epoch = ${epoch} for share)
    update outbox set sequence = null, epoch = null, published_at = null
    from lease
    where journal_id in (select journal_id from outbox where sequence >= ${from} order by sequence desc limit ${limit})
  `.execute(database.read);
  return Number(result.numAffectedRows);
}

/** Deletes up to `limit` rows that were published longer than `horizonMs` ago; returns how many. */
export async function deletePublished(database: Database, horizonMs: number, limit: number): Promise<number> {
  const result = await sql`
    delete from outbox where journal_id in (
      select journal_id from outbox
      where published_at < clock_timestamp() - ${horizonMs}::double precision * interval '1 millisecond'
      order by published_at limit ${limit})`.execute(database.read);
  return Number(result.numAffectedRows);
}

/** How many facts are stated and not published, and when the oldest of them was stated (null without any). */
export async function outboxStatus(tx: Tx): Promise<{ rows: number; oldestAt: Date | null }> {
  const { rows } = await sql<{ waiting: string; oldest_at_ms: string | null }>`
    select (select count(*) from outbox where sequence is null) as waiting,
           (select (extract(epoch from occurred_at) * 1000)::bigint from journal
            where id = (select min(journal_id) from outbox where sequence is null)) as oldest_at_ms`.execute(
    tx,
  );
  const { waiting, oldest_at_ms: oldestAtMs } = rows[0]!;
  return { rows: Number(waiting), oldestAt: oldestAtMs === null ? null : new Date(Number(oldestAtMs)) };
}
