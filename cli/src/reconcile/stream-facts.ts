import { AckPolicy, DeliverPolicy, jetstream, type JetStreamManager } from '@nats-io/jetstream';
import { nanos, nuid, type NatsConnection } from '@nats-io/nats-core';
import type { Books } from './books.ts';

const messagesAtOnce = 5_000;
const fetchDeadlineMs = 10_000;

/** A stream's messages did not come although they are there. */
export class StreamUnreadableError extends Error {
  override readonly name = 'StreamUnreadableError';
}

/**
 * Copies the headers of all messages of a stream into the temporary table `stream_fact` of each of the given books, in
 * batches, so that SQL can compare them with journal and inbox. Messages stored after it began are left out. Resolves
 * with how many there are. An event id that is no UUID is stored as null.
 */
export async function copyStreamFacts(
  nats: NatsConnection,
  manager: JetStreamManager,
  stream: string,
  targets: readonly Books[],
): Promise<number> {
  for (const books of targets) {
    await books.rows('drop table if exists stream_fact');
    await books.rows(`
      create temporary table stream_fact (
        sequence bigint not null, event_id uuid, type text, subject text not null, stored_at timestamptz not null)`);
  }
  const { state } = await manager.streams.info(stream);
  let copied = 0;
  if (state.messages > 0) {
    for await (const batch of messageBatches(nats, manager, stream, state.last_seq)) {
      copied += batch.length;
      for (const books of targets) await insertBatch(books, batch);
    }
  }
  for (const books of targets) {
    await books.rows('create index on stream_fact (event_id)');
    await books.rows('analyze stream_fact');
  }
  return copied;
}

interface StreamMessage {
  readonly sequence: number;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly subject: string;
  readonly storedAt: Date;
}

async function* messageBatches(
  nats: NatsConnection,
  manager: JetStreamManager,
  stream: string,
  lastSequence: number,
): AsyncGenerator<StreamMessage[]> {
  const name = `reconcile-${nuid.next()}`;
  await manager.consumers.add(stream, {
    name,
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    headers_only: true,
    mem_storage: true,
    inactive_threshold: nanos(60_000),
  });
  try {
    const consumer = await jetstream(nats).consumers.get(stream, name);
    for (let reached = 0; reached < lastSequence;) {
      const batch: StreamMessage[] = [];
      const messages = await consumer.fetch({ max_messages: messagesAtOnce, expires: fetchDeadlineMs });
      for await (const message of messages) {
        reached = message.seq;
        if (message.seq > lastSequence) break;
        const eventId = message.headers?.get('ce-id') ?? '';
        batch.push({
          sequence: message.seq,
          eventId: uuidPattern.test(eventId) ? eventId : null,
          type: message.headers?.get('ce-type') || null,
          subject: message.subject,
          storedAt: new Date(message.timestamp),
        });
        if (message.seq === lastSequence) break;
      }
      if (batch.length === 0 && reached < lastSequence) {
        throw new StreamUnreadableError(
          `stream ${stream} gave nothing for ${fetchDeadlineMs / 1_000} s after message ${reached} of ${lastSequence}`,
        );
      }
      yield batch;
    }
  } finally {
    await manager.consumers.delete(stream, name).catch(() => false); // It goes away by itself, too.
  }
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function insertBatch(books: Books, batch: readonly StreamMessage[]): Promise<void> {
  await books.rows(
    `insert into stream_fact (sequence, event_id, type, subject, stored_at)
     select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])`,
    [
      batch.map(({ sequence }) => sequence),
      batch.map(({ eventId }) => eventId),
      batch.map(({ type }) => type),
      batch.map(({ subject }) => subject),
      batch.map(({ storedAt }) => storedAt.toISOString()),
    ],
  );
}
