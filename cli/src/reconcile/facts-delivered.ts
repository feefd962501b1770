import { consumers, handledFacts, streams, type ConsumerName, type Context } from '@holdfast/messaging';
import { contracts, isFactType } from '@holdfast/messaging/contracts';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Books } from './books.ts';
import { compareCatalogues } from './catalogue-copies.ts';
import { FindingList, type RuleReport } from './rule-report.ts';
import type { Backlog } from './settle.ts';
import { copyStreamFacts } from './stream-facts.ts';

export interface DeliveryCheck {
  readonly books: Readonly<Record<Context, Books>>;
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  readonly settleMs: number;
  /** As it stood when waiting ended. */
  readonly backlog: Backlog;
}

/** Facts so near the end of their time in the stream are not looked for there. */
const retentionMarginMs = 5 * 60_000;

/** How old a fact may be to be looked for in a stream; null for any age. */
export const keptForMs = ({ max_age }: { readonly max_age: number }): number | null =>
  max_age === 0 ? null : max_age / 1_000_000 - retentionMarginMs;

/**
 * Rule 6: every fact in a journal is in its stream (as far back as the stream keeps messages), and every message in the
 * stream was handled or parked by each consumer that wants it. What is younger than `settleMs` is in flight.
 */
export async function checkFactsDelivered(check: DeliveryCheck): Promise<RuleReport> {
  const { books, nats, manager, backlog } = check;
  const found = new Found(check.settleMs);
  const { violations, inFlight } = found;
  const seen = { journal: 0, stream: 0, inbox: 0, parked: 0 };
  for (const [context, stream] of Object.entries(streams) as [Context, string][]) {
    const readers = readersOf(stream);
    const targets = new Set([books[context], ...readers.map((name) => books[ownerOf(name)])]);
    seen.journal += await books[context].count('select count(*) from journal');
    seen.stream += await copyStreamFacts(nats, manager, stream, [...targets]);
    const { config } = await manager.streams.info(stream);
    await findUnpublished(books[context], stream, keptForMs(config), found);
    for (const name of readers) await findUnhandled(books[ownerOf(name)], name, found);
  }
  const products = await compareCatalogues(books.orders, books.inventory, check.settleMs, found);
  for (const [name, count] of backlog.undelivered)
    if (count === null) violations.add(`consumer ${name} does not exist`);
  for (const owner of Object.values(books)) {
    seen.inbox += await owner.count('select count(*) from inbox');
    seen.parked += await owner.count('select count(*) from parked where closed_at is null');
  }
  return {
    rule: 6,
    claim: 'every fact in a journal is in its stream, every message in a stream was handled once or parked',
    looked: [
      { count: seen.journal, what: 'journal facts' },
      { count: seen.stream, what: 'stream messages' },
      { count: seen.inbox, what: 'inbox entries' },
      { count: seen.parked, what: 'open parked messages' },
      { count: products, what: 'products' },
    ],
    violations,
    inFlight,
  };
}

/** The consumers of a stream. */
export const readersOf = (stream: string): ConsumerName[] =>
  (Object.keys(consumers) as ConsumerName[]).filter((name) => consumers[name].stream === stream);

/** Types that a consumer's filter may let through and its handler does not get. */
export const unwantedTypes = (name: ConsumerName): string[] =>
  Object.keys(contracts).filter((type) => isFactType(type) && !handledFacts[name].has(type));

/** A consumer's name begins with the service whose database it writes. */
export const ownerOf = (name: ConsumerName): Context => name.slice(0, name.indexOf('-')) as Context;

interface Missing {
  readonly what: string;
  readonly age_seconds: number;
  /** How many are older than the time to settle, and how many are not. */
  readonly old: string;
  readonly young: string;
}

/** Sorts what is missing into violations and what is in flight. */
class Found {
  readonly settleMs: number;
  readonly violations = new FindingList();
  readonly inFlight = new FindingList();

  constructor(settleMs: number) {
    this.settleMs = settleMs;
  }

  /** Rows are the ten oldest, each with the numbers of all. */
  add(rows: readonly Missing[]): void {
    const [first] = rows;
    if (first === undefined) return;
    const isOld = ({ age_seconds }: Missing): boolean => age_seconds * 1_000 > this.settleMs;
    const detail = ({ what, age_seconds }: Missing): string => `${what}; ${age_seconds.toFixed(1)} s old`;
    this.violations.addSome(Number(first.old), rows.filter(isOld).map(detail));
    this.inFlight.addSome(Number(first.young), rows.filter((row) => !isOld(row)).map(detail));
  }
}

/** `$1`: seconds to settle. Gives the ten oldest rows of `missing (what, age_seconds)` with the numbers of all. */
const oldestMissing = `
  select what, age_seconds::float8, count(*) filter (where age_seconds > $1) over () as old,
         count(*) filter (where age_seconds <= $1) over () as young
  from missing order by age_seconds desc limit 10`;

async function findUnpublished(
  owner: Books,
  stream: string,
  keptMs: number | null,
  found: Found,
): Promise<void> {
  const rows = await owner.rows<Missing>(
    `with missing as (
       select journal.type || ' of ' || journal.aggregate_id || ' version ' || journal.version || ' is not in stream ' || $2
                || case when outbox.journal_id is null then ', and not in the outbox either'
                        when outbox.sequence is null then ', it waits in the outbox'
                        else ', though published as ' || outbox.sequence end as what,
              extract(epoch from now() - journal.occurred_at) as age_seconds
       from journal left join outbox on outbox.journal_id = journal.id
       where ($3::float8 is null or journal.occurred_at > now() - $3::float8 * interval '1 millisecond')
         and not exists (select from stream_fact where stream_fact.event_id = journal.event_id)
     ) ${oldestMissing}`,
    [found.settleMs / 1_000, stream, keptMs],
  );
  found.add(rows);
}

async function findUnhandled(owner: Books, name: ConsumerName, found: Found): Promise<void> {
  const { stream, filter } = consumers[name];
  const rows = await owner.rows<Missing>(
    `with missing as (
       select 'message ' || sequence || ' of ' || $3 || ' (' || coalesce(type, 'no type') || ' ' || coalesce(event_id::text, 'without id')
                || ') was neither handled by ' || $2 || ' nor parked' as what,
              extract(epoch from now() - stored_at) as age_seconds
       from stream_fact
       where starts_with(subject, $4) and (type is null or type <> all ($5::text[]))
         and not exists (select from inbox where inbox.consumer = $2 and inbox.event_id = stream_fact.event_id)
         and not exists (select from parked where parked.consumer = $2 and parked.stream = $3
                           and parked.stream_sequence = stream_fact.sequence)
     ) ${oldestMissing}`,
    [found.settleMs / 1_000, name, stream, filter.slice(0, -1), unwantedTypes(name)],
  );
  found.add(rows);
}
