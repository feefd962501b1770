import { sql } from 'kysely';
import { v7 } from 'uuid';
import { z } from 'zod';
import {
  aggregateIdOf,
  contracts,
  subjectParts,
  type FactData,
  type FactType,
} from './contracts/contracts.ts';
import type { Tx } from './database.ts';
import { maxFactBytes } from './envelope.ts';
import type { Fact } from './facts.ts';

/** A fact breaks its own contract, which is a mistake in the code that states it; nothing was written. */
export class InvalidFactError extends Error {
  override readonly name = 'InvalidFactError';
}

/** A fact's data has more than 256 KiB as JSON; nothing was written. */
export class FactTooLargeError extends Error {
  override readonly name = 'FactTooLargeError';
}

/** A new UUIDv7. */
export const newEventId = (): string => v7();

/**
 * States facts in the caller's transaction: they are in the journal, and on their way to the stream, if and only if it
 * commits. Facts of one aggregate must come in the order of their versions, with the aggregate's row lock held, so that
 * for one aggregate the order of journal ids is the order of commits. A malformed `traceparent` is left out, as W3C
 * Trace Context asks. Rejects with InvalidFactError or FactTooLargeError before anything is written, and with the
 * database's error (23505) when the aggregate already has a fact of that version. Call `Messaging.wake()` after the commit.
 */
export async function appendFacts(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(toRow);
  const column = <Key extends keyof JournalRow>(key: Key): JournalRow[Key][] => rows.map((row) => row[key]);
  await sql`
    with stated as (
      insert into journal (event_id, type, aggregate, aggregate_id, version, occurred_at,
                           correlation_id, causation_id, traceparent, data)
      select event_id, type, aggregate, aggregate_id, version, occurred_at,
             correlation_id, causation_id, traceparent, data::json
      from unnest(${column('eventId')}::uuid[], ${column('type')}::text[], ${column('aggregate')}::text[],
                  ${column('aggregateId')}::text[], ${column('version')}::integer[],
                  ${column('occurredAt')}::timestamptz[], ${column('correlationId')}::uuid[],
                  ${column('causationId')}::uuid[], ${column('traceparent')}::text[], ${column('json')}::text[])
        with ordinality as fact (event_id, type, aggregate, aggregate_id, version, occurred_at,
                                 correlation_id, causation_id, traceparent, data, position)
      order by position
      returning id, aggregate_id
    )
    insert into outbox (journal_id, aggregate_id) select id, aggregate_id from stated`.execute(tx);
}

const envelope = z.object({
  eventId: z.uuid(),
  occurredAt: z.date(),
  correlationId: z.uuid(),
  causationId: z.uuid().nullable(),
});
const traceparentPattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

type JournalRow = ReturnType<typeof toRow>;

function toRow(fact: Fact) {
  const schema: z.ZodType<FactData<FactType>> = contracts[fact.type].schema;
  const data = validate(fact.type, schema, fact.data);
  const { eventId, occurredAt, correlationId, causationId } = validate(fact.type, envelope, fact);
  const aggregateId = aggregateIdOf(data);
  if (!aggregateId.isWellFormed())
    throw new InvalidFactError(`${fact.type}: the aggregate's id is no valid Unicode`);
  const json = JSON.stringify(data);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxFactBytes)
    throw new FactTooLargeError(`${fact.type} has ${bytes} bytes, at most ${maxFactBytes} are allowed`);
  return {
    eventId,
    type: fact.type,
    aggregate: subjectParts(fact.type).aggregate,
    aggregateId,
    version: data.version,
    occurredAt: occurredAt.toISOString(),
    correlationId,
    causationId,
    traceparent:
      fact.traceparent !== null && traceparentPattern.test(fact.traceparent) ? fact.traceparent : null,
    json,
  };
}

function validate<Shape>(type: string, schema: z.ZodType<Shape>, value: unknown): Shape {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new InvalidFactError(`${type}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data;
}
