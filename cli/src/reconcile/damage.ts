import { consumers, streams, type ConsumerName, type Context } from '@holdfast/messaging';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Books } from './books.ts';
import { keptForMs, ownerOf, readersOf, unwantedTypes } from './facts-delivered.ts';
import { readBrokenLevels, type BrokenLevel } from './level-damage.ts';
import { readOrderStories, type OrderStory } from './order-story.ts';
import type { OrderViolation } from './orders-and-reservations.ts';
import { copyStreamFacts } from './stream-facts.ts';

export interface AllBooks {
  readonly orders: Books;
  readonly inventory: Books;
}

/** Facts of one journal that neither its outbox nor its stream has, though the stream would keep them. */
export interface LostFacts {
  readonly context: Context;
  readonly count: number;
  readonly first: readonly {
    readonly type: string;
    readonly aggregateId: string;
    readonly version: number;
  }[];
}

/** A message that a consumer neither handled nor parked. */
export interface UnhandledMessage {
  readonly consumer: ConsumerName;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly sequence: string;
  readonly stream: string;
  /** Whether the journal of the service that states such facts has it. */
  readonly isInJournal: boolean;
}

/** What is wrong, with all that is known about it. */
export interface Damage {
  readonly lost: readonly LostFacts[];
  readonly unhandled: readonly UnhandledMessage[];
  readonly orders: readonly OrderStory[];
  /** Orders in violation beyond those. */
  readonly furtherOrders: number;
  readonly levels: readonly BrokenLevel[];
}

/** Most of one kind that are looked at; what is left is found again when these are mended. */
export const mostAtOnce = 1_000;

export interface DamageSearch {
  readonly books: AllBooks;
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  readonly settleMs: number;
  /** What the check of rule 4 found. */
  readonly violations: readonly OrderViolation[];
}

/** Looks for everything that can be said about violations of rules 3, 4 and 6. Changes nothing. */
export async function findDamage(search: DamageSearch): Promise<Damage> {
  const { books, nats, manager, settleMs, violations } = search;
  const stories = await readOrderStories(books, violations.slice(0, mostAtOnce));
  const lost: LostFacts[] = [];
  const unhandled: UnhandledMessage[] = [];
  for (const [context, stream] of Object.entries(streams) as [Context, string][]) {
    const owner = books[context];
    const readers = readersOf(stream).map((name) => ({ name, reader: books[ownerOf(name)] }));
    await copyStreamFacts(nats, manager, stream, [
      ...new Set([owner, ...readers.map(({ reader }) => reader)]),
    ]);
    const { config } = await manager.streams.info(stream);
    lost.push({ context, ...(await readLost(owner, keptForMs(config))) });
    for (const { name, reader } of readers)
      unhandled.push(...(await readUnhandled(owner, reader, name, settleMs)));
    await markPresence(stories, owner, context);
  }
  return {
    lost: lost.filter(({ count }) => count > 0),
    unhandled,
    orders: stories,
    furtherOrders: Math.max(0, violations.length - mostAtOnce),
    levels: await readBrokenLevels(books.inventory, mostAtOnce),
  };
}

const lostFacts = `
  from journal
  where ($1::float8 is null or occurred_at > now() - $1::float8 * interval '1 millisecond')
    and not exists (select from stream_fact where stream_fact.event_id = journal.event_id)
    and not exists (select from outbox where outbox.journal_id = journal.id)`;

async function readLost(owner: Books, keptMs: number | null): Promise<Omit<LostFacts, 'context'>> {
  const count = await owner.count(`select count(*) ${lostFacts}`, [keptMs]);
  const first = await owner.rows<LostFacts['first'][number]>(
    `select type, aggregate_id as "aggregateId", version ${lostFacts} order by id limit 10`,
    [keptMs],
  );
  return { count, first };
}

async function readUnhandled(
  owner: Books,
  reader: Books,
  name: ConsumerName,
  settleMs: number,
): Promise<UnhandledMessage[]> {
  const { stream, filter } = consumers[name];
  const rows = await reader.rows<Pick<UnhandledMessage, 'eventId' | 'type' | 'sequence'>>(
    `select event_id as "eventId", type, sequence::text as sequence from stream_fact
     where starts_with(subject, $3) and (type is null or type <> all ($4::text[]))
       and extract(epoch from now() - stored_at) > $5
       and not exists (select from inbox where inbox.consumer = $1 and inbox.event_id = stream_fact.event_id)
       and not exists (select from parked where parked.consumer = $1 and parked.stream = $2
                         and parked.stream_sequence = stream_fact.sequence)
     order by sequence limit ${mostAtOnce}`,
    [name, stream, filter.slice(0, -1), unwantedTypes(name), settleMs / 1_000],
  );
  const known = await owner.rows<{ event_id: string }>(
    'select event_id from journal where event_id = any ($1::uuid[])',
    [rows.map(({ eventId }) => eventId)],
  );
  const inJournal = new Set(known.map(({ event_id }) => event_id));
  return rows.map((row) => ({
    ...row,
    consumer: name,
    stream,
    isInJournal: row.eventId !== null && inJournal.has(row.eventId),
  }));
}

async function markPresence(stories: readonly OrderStory[], owner: Books, context: Context): Promise<void> {
  const facts = stories.flatMap(({ facts: { [context]: ofContext } }) => ofContext);
  const rows = await owner.rows<{ event_id: string; times: number }>(
    'select event_id, count(*)::int as times from stream_fact where event_id = any ($1::uuid[]) group by event_id',
    [facts.map(({ eventId }) => eventId)],
  );
  const times = new Map(rows.map((row) => [row.event_id, row.times]));
  for (const fact of facts) fact.timesInStream = times.get(fact.eventId) ?? 0;
}
