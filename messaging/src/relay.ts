/*
 * Carries facts from the outbox to the stream. Its states:
 *
 *   connecting   waits for NATS, however long, on a connection of its own that is never made again by itself: what was
 *                buffered when it broke is gone with it, so nothing reaches the stream before the tail was looked at.
 *   standing by  asks for the lease until it gets it. Commits of this process are told to the holder by NOTIFY.
 *   repairing    makes the stream if it is gone, or waits for who does; looks for a lost tail and makes what was lost unpublished again.
 *   publishing   reads unpublished facts, publishes, marks; every `tailCheckMs` looks at the tail and deletes old rows.
 *   ending       a lost lease or connection, a sign of a rewind, an error or `stop`: back to connecting, or out.
 *
 * Publishing holds at most `windowFacts` facts in memory, queued by aggregate. The head of each queue is on its way, and the
 * next one is sent when it is acknowledged. A publish that fails or times out may have been stored all the same: it is
 * sent again with the same message id. Until then its aggregate alone stops; its queue is dropped and read again later.
 *
 * Order. For one aggregate the outbox gives facts in the order of commits, and always from the first that is not marked.
 * A relay sends fact n only after n − 1 was acknowledged to it, or was marked because it was acknowledged to another.
 * So when n is first stored, all before it are stored, whichever relays run. A relay that was frozen past its
 * lease may still have one fact of each aggregate in its socket. When it wakes and they go out, each is one of two: its successor has stored it (then
 * it is a duplicate and dropped by its id) or not yet (then all before it are stored, and the successor's is the
 * duplicate). The server closes the connection of a silent client (2 minutes × 2 pings) before the duplicate window (10 min) is over.
 * What it has not given to its socket it does not send: before every publish it looks at the age of its lease. Its late
 * marks carry its epoch and match nothing.
 *
 * Rewind. Only relays publish to the stream, and acks come in the order of sequences. So the first fact stored after a rewind is
 * acknowledged with a sequence that is not above the last, unless the regular look at the tail has found it before.
 */
import type { NatsConnection } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { connectNats, type NatsServer } from './connection.ts';
import type { Context } from './contracts/contracts.ts';
import type { Database } from './database.ts';
import { describeError } from './errors.ts';
import { acquireLease, type RelayLease } from './relay-lease.ts';
import { openRelayNotices } from './relay-notices.ts';
import { publishOutbox, type PublishingEnd } from './relay-publisher.ts';
import { defaultMessagingSettings, type MessagingSettings } from './settings.ts';
import { repairTail } from './tail-repair.ts';
import { ensureStream, requireStream, StreamAwaitedError } from './topology.ts';
import { createWakeSignal } from './wake-signal.ts';

const standbyPollMs = 500;
const longSessionMs = 10_000;
const firstRestMs = 100;
const longestRestMs = 5_000;
const closeWithinMs = 1_000;

export interface RelayOptions {
  /** Whose facts it carries, and so to which stream. */
  readonly context: Context;
  readonly database: Database;
  readonly nats: NatsServer;
  readonly log: Logger;
  readonly settings?: Partial<MessagingSettings>;
}

export interface Relay {
  /** Says that this process has committed facts. Cheap, and safe to call too often. */
  wake(): void;
  /** Sends nothing new, waits up to 5 s for what is on its way, marks it and gives the lease back. */
  stop(): Promise<void>;
}

/** Starts a relay in the background and returns at once. It goes on through every absence of NATS or PostgreSQL. */
export function startRelay(options: RelayOptions): Relay {
  const { context, database, log } = options;
  const settings = { ...defaultMessagingSettings, ...options.settings };
  const stopping = new AbortController();
  const signal = createWakeSignal();
  const hints = { hasNewFacts: true, isStopping: false };
  let isPublishing = false;
  let suspect = Number.MAX_SAFE_INTEGER;

  const noteNewFacts = () => {
    hints.hasNewFacts = true;
    signal.raise();
  };
  const notices = openRelayNotices(database.url, noteNewFacts, log);

  const publishUnderLease = async (nats: NatsConnection, lease: RelayLease): Promise<PublishingEnd> => {
    await (settings.provision === 'wait'
      ? requireStream(nats, context)
      : ensureStream(nats, context, settings));
    const repair = await repairTail(nats, database, context, lease, suspect);
    suspect = Number.MAX_SAFE_INTEGER;
    const { epoch, generation } = lease;
    if (repair !== null) log.warn({ event: 'tail-repaired', context, epoch, generation, ...repair });
    log.info({ event: 'relay-publishing', context, epoch, generation });
    isPublishing = true;
    const { tailHorizonMs, tailCheckMs } = settings;
    return publishOutbox({ nats, context, database, lease, tailHorizonMs, tailCheckMs, signal, hints, log });
  };

  const session = async (): Promise<PublishingEnd> => {
    const name = `holdfast-${context}-relay`;
    const nats = await connectNats({
      ...options.nats,
      name,
      reconnect: false,
      signal: stopping.signal,
      log,
    });
    let lease: RelayLease | null = null;
    try {
      lease = await awaitLease(nats, database, settings.leaseMs, stopping.signal);
      return lease === null ? { reason: 'DISCONNECTED' } : await publishUnderLease(nats, lease);
    } finally {
      isPublishing = false;
      await Promise.race([nats.close(), delay(closeWithinMs, undefined, { ref: false })]);
      await lease?.release().catch(() => {});
    }
  };

  const run = async () => {
    let shortSessions = 0;
    while (!stopping.signal.aborted && !hints.isStopping) {
      const startedAt = performance.now();
      try {
        const end = await session();
        log.info({ event: 'relay-session-ended', context, ...end });
        if (end.reason === 'REWIND_SUSPECTED') suspect = end.sequence;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof StreamAwaitedError) log.warn({ event: 'stream-awaited', error: error.message });
        else log.error({ event: 'relay-session-failed', context, error: describeError(error) });
      }
      shortSessions = performance.now() - startedAt < longSessionMs ? shortSessions + 1 : 0;
      const restMs =
        shortSessions === 0 ? 0 : Math.min(longestRestMs, firstRestMs * 2 ** (shortSessions - 1));
      await delay(restMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const running = run();
  return {
    wake: () => {
      noteNewFacts();
      if (!isPublishing) notices.send();
    },
    stop: async () => {
      hints.isStopping = true;
      signal.raise();
      if (!isPublishing) stopping.abort();
      await running;
      await notices.stop();
    },
  };
}

/** Null when the connection is lost first. */
async function awaitLease(
  nats: NatsConnection,
  database: Database,
  leaseMs: number,
  stop: AbortSignal,
): Promise<RelayLease | null> {
  while (!nats.isClosed()) {
    const lease = await acquireLease(database, leaseMs);
    if (lease !== null) return lease;
    await delay(standbyPollMs, undefined, { signal: stop });
  }
  return null;
}
