import { sql } from 'kysely';
import { contracts, subjectParts, type FactType } from './contracts/contracts.ts';
import type { Tx } from './database.ts';
import { streams, type StreamName } from './topology.ts';

/** A fact as the journal holds it, with where it went. */
export interface JournalFact {
  /** The event id. */
  readonly id: string;
  readonly type: FactType;
  readonly version: number;
  readonly stream: StreamName;
  readonly subject: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly occurredAt: Date;
  /** The bytes that travel. */
  readonly data: string;
  readonly isPublished: boolean;
  /** Null before it is published, and once its place in the outbox has been given up. */
  readonly publication: { readonly sequence: string; readonly publishedAt: Date } | null;
}

/**
 * What a service has stated about aggregates of one kind, by aggregate id, each oldest first: one statement. Ids of none are
 * left out. Ids are compared as they are written.
 */
export async function readJournalFacts(
  tx: Tx,
  aggregate: string,
  aggregateIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JournalFact[]>> {
  const { rows } = await sql<JournalFactRow>`
    select journal.aggregate_id, journal.event_id, journal.type, journal.version, journal.correlation_id,
           journal.causation_id, journal.occurred_at, journal.data::text as data, outbox.sequence::text as sequence,
           outbox.published_at, outbox.journal_id is not null and outbox.sequence is null as is_waiting
    from unnest(${[...new Set(aggregateIds)]}::text[]) as asked (aggregate_id)
    join journal on journal.aggregate_id = asked.aggregate_id and journal.aggregate = ${aggregate}
    left join outbox on outbox.journal_id = journal.id
    order by journal.aggregate_id, journal.version`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, (row) => row.aggregate_id)].map(([id, ofOne]) => [id, ofOne.map(factOf)]),
  );
}

interface JournalFactRow {
  readonly aggregate_id: string;
  readonly event_id: string;
  readonly type: FactType;
  readonly version: number;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly occurred_at: Date;
  readonly data: string;
  readonly sequence: string | null;
  readonly published_at: Date | null;
  readonly is_waiting: boolean;
}

const factOf = (row: JournalFactRow): JournalFact => ({
  id: row.event_id,
  type: row.type,
  version: row.version,
  stream: streams[subjectParts(row.type).context],
  subject: contracts[row.type].subject,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  occurredAt: row.occurred_at,
  data: row.data,
  isPublished: !row.is_waiting,
  publication:
    row.sequence === null || row.published_at === null
      ? null
      : { sequence: row.sequence, publishedAt: row.published_at },
});
