import type { Logger } from 'pino';
import { clearAttempts, countAttempt, noteAttemptError } from './attempts.ts';
import type { Arrival } from './arrivals.ts';
import type { BatchHandler } from './batch-handler.ts';
import type { Database } from './database.ts';
import { describeError, saysServerAway } from './errors.ts';
import type { ReceivedFact } from './facts.ts';
import { reachFaultPoint } from './fault-points.ts';
import { enterInbox, type InboxEntry } from './inbox.ts';
import { park } from './parked.ts';
import { parkedForm, type MessageContent } from './message-content.ts';
import type { MessagingSettings } from './settings.ts';
import type { ConsumerName } from './topology.ts';

export interface HandlingOptions {
  readonly consumer: ConsumerName;
  readonly database: Database;
  readonly handler: BatchHandler;
  readonly settings: Pick<MessagingSettings, 'maxAttempts' | 'retryDelaysMs'>;
  readonly log: Logger;
  /** Called after each commit that can have appended facts. */
  readonly committed: () => void;
  readonly isStopping: () => boolean;
}

type FactArrival = Arrival<MessageContent & { readonly kind: 'fact' }>;

/** The database went away while a batch was in work; what was in work is not acknowledged. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
  /** Facts whose counted run failed for that reason and has to be taken back. */
  readonly excusedEventIds: readonly string[];

  constructor(cause: unknown, excusedEventIds: readonly string[]) {
    super(describeError(cause), { cause });
    this.excusedEventIds = excusedEventIds;
  }
}

/**
 * Handles what was taken at once. Facts delivered for the first time share one transaction; when that fails each runs
 * alone. A fact delivered before runs alone at once, since it may be what killed a process. What cannot be read is
 * parked. Every message is acknowledged or terminated after its commit, or given back. Rejects with DatabaseAwayError.
 */
export async function handleBatch(
  options: HandlingOptions,
  arrivals: readonly Arrival<MessageContent>[],
): Promise<void> {
  const fresh: FactArrival[] = [];
  const repeated: FactArrival[] = [];
  for (const arrival of arrivals) {
    if (isFact(arrival)) (arrival.message.info.deliveryCount > 1 ? repeated : fresh).push(arrival);
    else if (arrival.content.kind === 'unwanted') arrival.ack();
  }
  const alone = (await handleTogether(options, fresh)) ? repeated : [...fresh, ...repeated];
  for (const arrival of arrivals) {
    const { content } = arrival;
    if (content.kind === 'unreadable') {
      await orLater(options, arrival, () => parkAndTerminate(options, arrival, content.reason, 0));
    }
  }
  for (const arrival of alone) {
    if (options.isStopping()) arrival.giveBack();
    else await orLater(options, arrival, () => handleAlone(options, arrival));
  }
}

/** What goes wrong around one message, such as a lock timeout where its attempt is counted, leaves its neighbours alone. */
async function orLater(
  { consumer, log, settings }: HandlingOptions,
  arrival: Arrival<MessageContent>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DatabaseAwayError) throw error;
    const delayMs = settings.retryDelaysMs.at(-1) ?? 0;
    const sequence = arrival.message.info.streamSequence;
    log.error({ event: 'message-put-off', consumer, sequence, delayMs, error: describeError(error) });
    arrival.giveBack(delayMs);
  }
}

const isFact = (arrival: Arrival<MessageContent>): arrival is FactArrival => arrival.content.kind === 'fact';

/** Returns false when the batch failed and was rolled back. */
async function handleTogether(options: HandlingOptions, arrivals: readonly FactArrival[]): Promise<boolean> {
  if (arrivals.length === 0) return true;
  // One fact can be in a batch twice, published again under another sequence.
  const first = new Map<string, FactArrival>();
  for (const arrival of arrivals) {
    const { eventId } = arrival.content.fact;
    if (!first.has(eventId)) first.set(eventId, arrival);
  }
  try {
    await handleFacts(options, [...first.values()]);
  } catch (error) {
    if (saysServerAway(error)) throw new DatabaseAwayError(error, []);
    const { consumer, log } = options;
    log.warn({ event: 'batch-failed', consumer, facts: first.size, error: describeError(error) });
    return false;
  }
  for (const arrival of arrivals) arrival.ack();
  return true;
}

async function handleAlone(options: HandlingOptions, arrival: FactArrival): Promise<void> {
  const { consumer, database, log, settings } = options;
  const { fact } = arrival.content;
  const attempt = await unlessAway(countAttempt(database, consumer, fact.eventId), []);
  if (attempt === null) return arrival.ack();
  if (attempt > settings.maxAttempts) {
    const reason = `its handler was started ${settings.maxAttempts} times and never came to an end`;
    return parkAndTerminate(options, arrival, reason, settings.maxAttempts);
  }
  try {
    await handleFacts(options, [arrival], true);
    arrival.ack();
  } catch (error) {
    if (saysServerAway(error)) throw new DatabaseAwayError(error, [fact.eventId]);
    const reason = describeError(error);
    if (attempt >= settings.maxAttempts) return parkAndTerminate(options, arrival, reason, attempt);
    const delayMs = settings.retryDelaysMs[Math.min(attempt, settings.retryDelaysMs.length) - 1] ?? 0;
    log.warn({ event: 'fact-failed', consumer, ...idsOf(fact), attempt, delayMs, error: reason });
    await unlessAway(noteAttemptError(database, consumer, fact.eventId, reason), []);
    arrival.giveBack(delayMs);
  }
}

async function handleFacts(
  options: HandlingOptions,
  arrivals: readonly FactArrival[],
  isAlone = false,
): Promise<void> {
  const { consumer, database, handler, log } = options;
  const facts = arrivals.map(({ content }) => content.fact);
  const startedAtMs = performance.now();
  const handled = await database.transaction(async (tx) => {
    const entered = await enterInbox(tx, consumer, arrivals.map(inboxEntryOf));
    reachFaultPoint('consumer:begun');
    const unhandled =
      entered.size === facts.length ? facts : facts.filter((fact) => entered.has(fact.eventId));
    if (unhandled.length > 0) await handler(tx, unhandled);
    if (isAlone) for (const fact of facts) await clearAttempts(tx, consumer, fact.eventId);
    return unhandled.length;
  });
  reachFaultPoint('consumer:committed');
  if (handled > 0) options.committed();
  log.info({
    event: 'delivered',
    consumer,
    facts: handled,
    repeats: facts.length - handled,
    ...(facts.length === 1 ? idsOf(facts[0]!) : {}),
    durationMs: Math.round(performance.now() - startedAtMs),
  });
}

const inboxEntryOf = ({ message, content }: FactArrival): InboxEntry => ({
  eventId: content.fact.eventId,
  message: {
    streamSequence: message.info.streamSequence,
    publishedAt: message.time,
    deliveries: message.info.deliveryCount,
  },
});

async function parkAndTerminate(
  { consumer, database, log }: HandlingOptions,
  arrival: Arrival<MessageContent>,
  reason: string,
  attempts: number,
): Promise<void> {
  const message = parkedForm(consumer, arrival.message, reason, attempts);
  await unlessAway(park(database, message), []);
  arrival.terminate();
  const { eventId, stream, streamSequence } = message;
  log.error({ event: 'message-parked', consumer, eventId, stream, streamSequence, attempts, reason });
}

async function unlessAway<Result>(
  work: Promise<Result>,
  excusedEventIds: readonly string[],
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw saysServerAway(error) ? new DatabaseAwayError(error, excusedEventIds) : error;
  }
}

const idsOf = ({ eventId, correlationId }: ReceivedFact) => ({ eventId, correlationId });
