import { streams, type Context } from '@holdfast/messaging';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Books } from './books.ts';
import { keptForMs } from './facts-delivered.ts';
import { copyStreamFacts } from './stream-facts.ts';

/**
 * Puts facts that are in a journal, in no outbox and not in the stream into the outbox again, so that the relay publishes
 * them: what a stream lost before the relay's own horizon. Facts older than the stream keeps messages stay away. Resolves
 * with how many, by context. Safe to repeat: consumers know a fact that they have handled.
 */
export async function putBackLostFacts(
  books: Readonly<Record<Context, Books>>,
  nats: NatsConnection,
  manager: JetStreamManager,
): Promise<ReadonlyMap<Context, number>> {
  const counts = new Map<Context, number>();
  for (const [context, stream] of Object.entries(streams) as [Context, string][]) {
    await copyStreamFacts(nats, manager, stream, [books[context]]);
    const { config } = await manager.streams.info(stream);
    const count = await books[context].count(
      `with put_back as (
         insert into outbox (journal_id, aggregate_id)
         select id, aggregate_id from journal
         where ($1::float8 is null or occurred_at > now() - $1::float8 * interval '1 millisecond')
           and not exists (select from stream_fact where stream_fact.event_id = journal.event_id)
         order by id
         on conflict do nothing returning 1
       ) select count(*) from put_back`,
      [keptForMs(config)],
    );
    counts.set(context, count);
  }
  return counts;
}
