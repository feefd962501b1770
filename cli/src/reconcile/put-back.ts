import { streams, type Context } from '@holdfast/messaging';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Books } from './books.ts';
import { keptForMs } from './facts-delivered.ts';
import { copyStreamFacts } from './stream-facts.ts';

/**
 * Puts facts that are in a context's journal, in no outbox and not in the stream into the outbox again, so that the relay
 * publishes them: what a stream lost before the relay's own horizon. Facts older than the stream keeps messages stay away.
 * Resolves with how many. Safe to repeat: consumers know a fact that they have handled.
 */
export async function putBackLostFacts(
  owner: Books,
  context: Context,
  nats: NatsConnection,
  manager: JetStreamManager,
): Promise<number> {
  const stream = streams[context];
  await copyStreamFacts(nats, manager, stream, [owner]);
  const { config } = await manager.streams.info(stream);
  return owner.count(
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
}
