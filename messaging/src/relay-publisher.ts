import { jetstream, type PubAck } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import type { Context } from './contracts/contracts.ts';
import type { Database } from './database.ts';
import { encodeFact } from './envelope.ts';
import { describeError } from './errors.ts';
import { reachFaultPoint } from './fault-points.ts';
import { saysNoResponders } from './nats-errors.ts';
import {
  deletePublished,
  highestKeptSequence,
  markPublished,
  readUnpublished,
  windowFacts,
  type OutboxFact,
  type Published,
} from './outbox.ts';
import type { RelayLease } from './relay-lease.ts';
import { createStoppedAggregates } from './stopped-aggregates.ts';
import { isTailPresent } from './tail-repair.ts';
import type { WakeSignal } from './wake-signal.ts';

/** Below so many free places it is not worth a statement to read more; so many acks are marked at once. */
const worthwhileFacts = windowFacts / 4;
/** Acks are marked together; until then they only hold places in the window. */
const markWithinMs = 20;
const pollMs = 1_000;
const publishTimeoutMs = 5_000;
const deleteChunkRows = 10_000;

/** What the rest of the relay tells the publishing loop while it runs. */
export interface RelayHints {
  hasNewFacts: boolean;
  isStopping: boolean;
}

export interface PublishingSession {
  readonly nats: NatsConnection;
  readonly context: Context;
  readonly database: Database;
  readonly lease: RelayLease;
  readonly tailHorizonMs: number;
  readonly tailCheckMs: number;
  /** Raised after every change of `hints`. */
  readonly signal: WakeSignal;
  readonly hints: RelayHints;
  readonly log: Logger;
}

/** Why publishing ended. A `REWIND_SUSPECTED` names the sequence down to which the tail must be looked at. */
export type PublishingEnd =
  | { readonly reason: 'STOPPED' | 'LEASE_LOST' | 'DISCONNECTED' | 'STREAM_AWAY' | 'REFUSED' }
  | { readonly reason: 'REWIND_SUSPECTED'; readonly sequence: number };

/**
 * Publishes the outbox until one of the ends; the states and the argument for the order are at the top of relay.ts.
 * Whatever the end, nothing is lost: what was not marked is read and published again, with the same message ids.
 */
export async function publishOutbox(session: PublishingSession): Promise<PublishingEnd> {
  const { nats, database, lease, signal, hints, log } = session;
  const stream = jetstream(nats);
  const queues = new Map<string, OutboxFact[]>();
  const inMemory = new Set<number>();
  const stopped = createStoppedAggregates();
  let failed: string[] = [];
  let acks: Published[] = [];
  let oldestAckAt = 0;
  let inFlight = 0;
  let lastSequence = await highestKeptSequence(database);
  let hasMore = true;
  let nextReadAt = 0;
  let nextTailLookAt = performance.now() + session.tailCheckMs;
  let end: PublishingEnd | null = null;

  const finish = (why: PublishingEnd) => {
    end ??= why;
    signal.raise();
  };

  const publishHead = (aggregateId: string) => {
    const fact = queues.get(aggregateId)?.[0];
    if (fact === undefined || end !== null || hints.isStopping) return;
    if (!lease.isHeld()) return finish({ reason: 'LEASE_LOST' });
    inFlight += 1;
    const { subject, headers, payload } = encodeFact(fact, lease.generation);
    stream
      .publish(subject, payload, { headers, timeout: publishTimeoutMs })
      .then((ack) => noteAck(fact, ack))
      .catch((error: unknown) => noteFailure(fact, error))
      .finally(() => {
        inFlight -= 1;
        signal.raise();
      });
  };

  const noteAck = (fact: OutboxFact, ack: PubAck) => {
    if (!ack.duplicate && ack.seq <= lastSequence)
      return finish({ reason: 'REWIND_SUSPECTED', sequence: ack.seq });
    lastSequence = Math.max(lastSequence, ack.seq);
    reachFaultPoint('relay:published');
    if (acks.length === 0) oldestAckAt = performance.now();
    acks.push({ journalId: fact.journalId, sequence: ack.seq });
    stopped.remove(fact.aggregateId);
    const queue = queues.get(fact.aggregateId);
    queue?.shift();
    if (queue?.length === 0) queues.delete(fact.aggregateId);
    else publishHead(fact.aggregateId);
  };

  const noteFailure = (fact: OutboxFact, error: unknown) => {
    if (end !== null) return;
    if (nats.isClosed()) return finish({ reason: 'DISCONNECTED' });
    if (saysNoResponders(error)) return finish({ reason: 'STREAM_AWAY' });
    log.warn({
      event: 'publish-failed',
      eventId: fact.eventId,
      aggregateId: fact.aggregateId,
      error: describeError(error),
    });
    failed.push(fact.aggregateId);
  };

  // Here and not in noteFailure: a read under way then may still add to the queue of which the head has failed.
  const stopFailed = () => {
    for (const aggregateId of failed) {
      for (const fact of queues.get(aggregateId) ?? []) inMemory.delete(fact.journalId);
      queues.delete(aggregateId);
      stopped.add(aggregateId);
    }
    failed = [];
    nextReadAt = Math.min(nextReadAt, stopped.nextRetryAt());
    if (stopped.count >= windowFacts) finish({ reason: 'REFUSED' });
  };

  const isMarkDue = () =>
    acks.length >= worthwhileFacts ||
    (acks.length > 0 && (hints.isStopping || performance.now() >= oldestAckAt + markWithinMs));

  const mark = async () => {
    const batch = acks;
    acks = [];
    const startedAt = performance.now();
    try {
      if (!(await markPublished(database, lease.epoch, batch))) return finish({ reason: 'LEASE_LOST' });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return finish({ reason: 'REWIND_SUSPECTED', sequence: Math.min(...batch.map((ack) => ack.sequence)) });
    }
    reachFaultPoint('relay:marked');
    for (const { journalId } of batch) inMemory.delete(journalId);
    log.debug({
      event: 'relay-batch',
      facts: batch.length,
      epoch: lease.epoch,
      markMs: performance.now() - startedAt,
    });
  };

  const lookAtTail = async () => {
    nextTailLookAt = performance.now() + session.tailCheckMs;
    if (!(await isTailPresent(nats, database, session.context))) {
      return finish({ reason: 'REWIND_SUSPECTED', sequence: lastSequence });
    }
    while (lease.isHeld() && (await deletePublished(database, session.tailHorizonMs, deleteChunkRows)) > 0);
  };

  const isReadDue = () =>
    !hints.isStopping &&
    windowFacts - inMemory.size >= worthwhileFacts &&
    (hasMore || hints.hasNewFacts || performance.now() >= nextReadAt);

  const read = async () => {
    hints.hasNewFacts = false;
    const limit = windowFacts - inMemory.size;
    const facts = await readUnpublished(database, limit, [...inMemory], stopped.waiting());
    hasMore = facts.length === limit;
    nextReadAt = Math.min(performance.now() + pollMs, stopped.nextRetryAt());
    for (const fact of facts) {
      inMemory.add(fact.journalId);
      const queue = queues.get(fact.aggregateId);
      if (queue !== undefined) queue.push(fact);
      else {
        queues.set(fact.aggregateId, [fact]);
        publishHead(fact.aggregateId);
      }
    }
  };

  void nats.closed().then(() => finish({ reason: 'DISCONNECTED' }));
  for (;;) {
    stopFailed();
    if (end !== null) return end;
    if (!lease.isHeld()) finish({ reason: 'LEASE_LOST' });
    else if (performance.now() >= nextTailLookAt) await lookAtTail();
    else if (isMarkDue() || isReadDue()) await Promise.all([isMarkDue() && mark(), isReadDue() && read()]);
    else if (hints.isStopping && inFlight === 0) finish({ reason: 'STOPPED' });
    else {
      const markAt = acks.length > 0 ? oldestAckAt + markWithinMs : Infinity;
      await signal.wait(Math.min(nextReadAt, nextTailLookAt, markAt) - performance.now());
    }
  }
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
