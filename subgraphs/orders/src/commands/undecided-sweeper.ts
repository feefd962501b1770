/*
 * Ends orders that inventory did not decide in time. Once a second it is one of
 *
 *   deaf      NATS is not connected, so that no decision can be heard: nobody's time runs.
 *   hearing   the time of every order counts from its ack, but not from before this process began to hear: so nobody is
 *             cancelled whose decision lay waiting while NATS, or all of orders, was away.
 *
 * When hearing it reads the PENDING orders page by page, oldest first, and cancels in each page those whose time is over. It
 * goes on at once while pages have some to cancel; of pages that have none it reads a few and goes on from there a second
 * later, so that a long outbox is not made worse by reading through it.
 */
import type { Database } from '@holdfast/messaging';
import type { Logger } from '@holdfast/service';
import { setTimeout as delay } from 'node:timers/promises';
import { readClock, type PendingPosition } from '../store/undecided-orders.ts';
import { cancelUndecided } from './cancel-undecided.ts';

export interface UndecidedSweeperOptions {
  readonly database: Database;
  /** How long an order may wait for inventory's decision. */
  readonly decisionSeconds: number;
  /** Whether decisions can arrive now. */
  readonly isHearing: () => boolean;
  /** Called after facts were committed. */
  readonly wake: () => void;
  readonly log: Logger;
}

const sweepEveryMs = 1_000;
const idlePagesPerSweep = 5;

/** Sweeps in the background, through every absence of the database. `stop` waits for the page in work. */
export function startUndecidedSweeper(options: UndecidedSweeperOptions): { stop(): Promise<void> } {
  const { database, decisionSeconds, isHearing, wake, log } = options;
  const stopping = new AbortController();
  let heardSince: Date | null = null;
  let position: PendingPosition = null;

  const sweep = async (): Promise<void> => {
    if (!isHearing()) {
      heardSince = null;
      return;
    }
    const now = await readClock(database.read);
    heardSince ??= now;
    if (now.getTime() - heardSince.getTime() < decisionSeconds * 1_000) return;
    for (let idlePages = 0; idlePages < idlePagesPerSweep && !stopping.signal.aborted;) {
      const { cancelled, next } = await cancelUndecided(database, {
        after: position,
        decisionSeconds,
        heardSince,
      });
      position = next;
      if (cancelled > 0) {
        wake();
        log.info({ event: 'undecided-cancelled', orders: cancelled });
      } else idlePages += 1;
      if (next === null) return;
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sweep().catch((error: unknown) => log.warn({ event: 'sweep-failed', err: error }));
      await delay(sweepEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
