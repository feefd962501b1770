import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { holdArrivals, type Arrivals } from './arrivals.ts';
import { excuseAttempts } from './attempts.ts';
import { ensurePosition, readPosition, remakeConsumer } from './consumer-position.ts';
import { describeError, saysNoRoom } from './errors.ts';
import { storedGeneration, storeGeneration } from './generation.ts';
import { DatabaseAwayError, handleBatch, type HandlingOptions } from './handle-batch.ts';
import { readMessage, type MessageContent } from './message-content.ts';
import type { MessagingSettings } from './settings.ts';
import { consumers } from './topology.ts';

export interface ConsumerOptions extends Omit<HandlingOptions, 'isStopping' | 'settings'> {
  readonly nats: NatsConnection;
  readonly settings: MessagingSettings;
}

export interface RunningConsumer {
  /** Stops pulling; the batch in work commits and is acknowledged, what was not begun is given back. Safe to repeat. */
  stop(): Promise<void>;
  /** Looks at once whether the stream lost its tail under the consumer; to be called after a reconnect. */
  check(): void;
}

const heartbeatMs = 2_000;
const pullExpiresMs = 30_000;
const shortestPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Runs one durable consumer until it is stopped.
 *
 * - waiting: the database does not answer; nothing is pulled, and runs that failed for that reason are taken back;
 * - opening: the stream (unless others make it) and the consumer are created when missing, and the consumer is made anew when it is
 *   ahead, or its server was seen twice to have no more for it while the stream had;
 * - pulling: batches are handled one after the other while the next one arrives;
 * - stopping: entered once, from every other state.
 *
 * The end of the arrivals (deleted, stalled) and every failure lead from pulling back to waiting.
 */
export function runConsumer(options: ConsumerOptions): RunningConsumer {
  const { nats, consumer, database, settings, log } = options;
  const stopping = new AbortController();
  const handling: HandlingOptions = { ...options, isStopping: () => stopping.signal.aborted };
  const excused = new Map<string, number>();
  const toExcuse = new Set<string>();
  let arrivals: Arrivals<MessageContent> | null = null;
  let generation = 0;
  let stall: { readonly at: number; readonly isSure: boolean } | null = null;

  const untilDatabaseAnswers = async (): Promise<void> => {
    await sql`select 1`.execute(database.read);
    if (toExcuse.size > 0) await excuseAttempts(database, consumer, [...toExcuse]);
    toExcuse.clear();
    generation = await storedGeneration(database, consumer);
  };

  const open = async (): Promise<Arrivals<MessageContent>> => {
    await ensurePosition(nats, consumer, settings);
    if ((await readPosition(nats, consumer)).isAhead) await remake('ahead of its stream');
    else if (stall?.isSure) await remake('its server has fallen behind its stream');
    stall = null;
    const source = await jetstream(nats).consumers.get(consumers[consumer].stream, consumer);
    const messages = await source.consume({
      max_messages: settings.batchSize,
      expires: pullExpiresMs,
      idle_heartbeat: heartbeatMs,
    });
    return holdArrivals(messages, {
      read: (message) => readMessage(consumer, message),
      prefetch: settings.batchSize,
      ackWaitMs: settings.ackWaitMs,
    });
  };

  const remake = async (reason: string): Promise<void> => {
    await remakeConsumer(nats, consumer, settings);
    log.warn({ event: 'consumer-remade', consumer, reason, generation });
  };

  /** Returns whether the consumer was made anew because a repair of the stream's tail was met. */
  const meetGeneration = async (met: number): Promise<boolean> => {
    if (met <= generation) return false;
    generation = await storedGeneration(database, consumer);
    if (met <= generation) return false; // Another replica has made it anew.
    arrivals?.stop('the tail of its stream was repaired');
    await remake(`the stream's tail was repaired: generation ${met}`);
    await storeGeneration(database, consumer, met);
    generation = met;
    return true;
  };

  /** Ends the arrivals when the stream lost its tail under them, or its server has nothing more for them though the stream has. */
  const checkPosition = async (): Promise<void> => {
    const current = arrivals;
    if (current === null) return;
    try {
      const { isAhead, stalledAt: at } = await readPosition(nats, consumer);
      if (isAhead) return current.stop('ahead of its stream');
      stall = at === null ? null : { at, isSure: at === stall?.at };
      if (stall?.isSure) current.stop('its server has fallen behind its stream');
    } catch (error) {
      log.debug({ event: 'position-unknown', consumer, error: describeError(error) });
    }
  };

  const pull = async (current: Arrivals<MessageContent>, progressed: () => void): Promise<void> => {
    for (;;) {
      const batch = await current.take(settings.batchSize);
      if (batch.length === 0) return;
      try {
        // A consumer that was made anew delivers all of these again.
        if (await meetGeneration(Math.max(...batch.map(({ content }) => content.generation)))) return;
        await handleBatch(handling, batch);
        progressed();
      } finally {
        for (const arrival of batch) arrival.giveBack();
      }
    }
  };

  const run = async (): Promise<void> => {
    let pauseMs = shortestPauseMs;
    while (!stopping.signal.aborted) {
      try {
        await untilDatabaseAnswers();
        arrivals = await open();
        if (stopping.signal.aborted) return arrivals.stop('stopping');
        await pull(arrivals, () => {
          pauseMs = shortestPauseMs;
        });
        if (!stopping.signal.aborted)
          log.warn({ event: 'consumer-ended', consumer, reason: await arrivals.ended });
      } catch (error) {
        if (error instanceof DatabaseAwayError)
          for (const id of error.excusedEventIds) excuse(id, !saysNoRoom(error));
        log.warn({ event: 'consumer-paused', consumer, pauseMs, error: describeError(error) });
      } finally {
        arrivals?.stop('paused');
        arrivals = null;
      }
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };

  /** A message that takes the database down with it each time must not do so for ever. */
  const excuse = (eventId: string, mayBeToBlame: boolean): void => {
    const times = (excused.get(eventId) ?? 0) + (mayBeToBlame ? 1 : 0);
    excused.set(eventId, times);
    if (times <= settings.mostExcuses) toExcuse.add(eventId);
  };

  const checking = setInterval(() => void checkPosition(), settings.tailCheckMs);
  checking.unref();
  const finished = run();

  return {
    check: () => void checkPosition(),
    stop: async () => {
      stopping.abort();
      clearInterval(checking);
      arrivals?.stop('stopping');
      await finished;
    },
  };
}
