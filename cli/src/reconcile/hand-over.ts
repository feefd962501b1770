import { encodeFact, streams, type ConsumerName, type Context } from '@holdfast/messaging';
import type { GatewayClient } from '../replay/gateway-client.ts';
import type { Books } from './books.ts';
import type { AllBooks } from './damage.ts';
import { derivedId } from './derived-id.ts';
import { ownerOf } from './facts-delivered.ts';
import type { HandedFact } from './proposals.ts';

interface HandOver {
  readonly consumer: ConsumerName;
  readonly fact: HandedFact;
  readonly reason: string;
}

/** A fact could not be handled; it is parked, with its reason, and can be redriven. */
export class HandOverError extends Error {
  override readonly name = 'HandOverError';
}

/**
 * Has a consumer's own service handle a fact: it is parked for that consumer and redriven at once, so that the handler runs in one
 * transaction with the inbox, and who did it when stays to be seen. Its id is derived from consumer and event id: doing it twice is
 * the same as doing it once. Gives false when it was done before. Throws HandOverError.
 */
export async function handOver(
  books: AllBooks,
  gateway: GatewayClient | null,
  { consumer, fact, reason }: HandOver,
): Promise<boolean> {
  const owner = ownerOf(consumer);
  const id = derivedId('parked', consumer, fact.eventId);
  await park(books[owner], id, { consumer, fact, reason });
  if (gateway === null)
    throw new HandOverError(
      `no gateway was found to do it; it is parked: npm run parked -- redrive ${id} --service ${owner}`,
    );
  const { result } = await gateway.request<{
    result: { changed: number; problems: { code: string; message: string }[] };
  }>(
    `mutation ($ids: [ID!]!) { result: ${owner}RedriveParked(ids: $ids) { changed problems { code message } } }`,
    {
      ids: [id],
    },
  );
  const [problem] = result.problems;
  if (problem !== undefined && problem.code !== 'NOT_PARKED') throw new HandOverError(problem.message);
  return result.changed > 0;
}

async function park(owner: Books, id: string, { consumer, fact, reason }: HandOver): Promise<void> {
  const { subject, headers, payload } = encodeFact(fact, 0);
  const given = Object.fromEntries([...headers.keys()].map((name) => [name, headers.values(name)]));
  await owner.rows(
    `insert into parked (id, consumer, event_id, event_type, stream, stream_sequence, subject, headers, payload, reason, attempts)
     values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, 0) on conflict (id) do nothing`,
    [
      id,
      consumer,
      fact.eventId,
      fact.type,
      streamOf(subject),
      subject,
      JSON.stringify(given),
      Buffer.from(payload),
      reason,
    ],
  );
}

const streamOf = (subject: string): string => streams[subject.split('.')[0] as Context];

/** A fact as its journal has it. */
export async function readJournalFact(owner: Books, eventId: string): Promise<HandedFact> {
  const [fact] = await owner.rows<HandedFact>(
    `select event_id as "eventId", type, aggregate_id as "aggregateId", occurred_at as "occurredAt",
            correlation_id as "correlationId", causation_id as "causationId", traceparent, data::text as json
     from journal where event_id = $1`,
    [eventId],
  );
  if (fact === undefined) throw new HandOverError(`the journal has no fact ${eventId}`);
  return fact;
}
