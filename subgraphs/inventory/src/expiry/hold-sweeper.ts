/*
 * Tidies up holds that are due. Nothing waits for it: who reads leaves due holds out, and who needs their units releases
 * them. Its states:
 *
 *   sweeping   up to `batchSize` holds a transaction, at once again while there are so many.
 *   resting    `everyMs`, when there were fewer.
 *   waiting    `errorPauseMs`, when a sweep failed: the database is away, or rows could not be locked in time. Said once.
 *   one by one after a batch that had begun failed: each of its holds by itself, so that one whose books are broken does
 *              not keep the others. That one is left out for `asideMs` and said each time.
 *   stopped    after the sweep that runs.
 */
import { saysServerAway } from '@holdfast/messaging';
import type { Logger } from '@holdfast/service';
import { setTimeout as delay } from 'node:timers/promises';
import { HoldsNotExpiredError, type ExpiredHolds } from '../commands/expire-holds.ts';
import type { Level } from '../domain/stock.ts';

const everyMs = 1_000;
const errorPauseMs = 2_000;
const brokenPauseMs = 100;
const asideMs = 60_000;
const batchSize = 100;

export interface HoldSweeperOptions {
  readonly sweep: (which: {
    readonly limit: number;
    readonly except: readonly string[];
  }) => Promise<ExpiredHolds>;
  /** After each commit that released any. */
  readonly onExpired: (levels: readonly Level[]) => void;
  readonly log: Logger;
}

export interface HoldSweeper {
  /** Resolves when the sweep that runs has ended. */
  stop(): Promise<void>;
}

/** Begins at once and goes on through every absence of the database. Several processes may sweep one database. */
export function startHoldSweeper({ sweep, onExpired, log }: HoldSweeperOptions): HoldSweeper {
  const stopping = new AbortController();
  const aside = new Map<string, number>();
  let oneByOne = 0;
  let isFailing = false;

  /** How long to rest after it. */
  const sweepOnce = async (): Promise<number> => {
    const limit = oneByOne > 0 ? 1 : batchSize;
    oneByOne = Math.max(0, oneByOne - 1);
    const { orderIds, levels } = await sweep({ limit, except: leftOut(aside) });
    if (isFailing) log.info({ event: 'holds-swept-again' });
    isFailing = false;
    if (orderIds.length > 0) {
      log.info({ event: 'holds-expired', count: orderIds.length, orderId: orderIds[0] });
      onExpired(levels);
    }
    return orderIds.length === limit ? 0 : everyMs;
  };

  const afterFailure = (error: unknown): number => {
    if (error instanceof HoldsNotExpiredError && !saysServerAway(error)) {
      if (error.orderIds.length > 1) {
        oneByOne = error.orderIds.length;
        return 0;
      }
      const orderId = error.orderIds[0]!;
      aside.set(orderId, performance.now() + asideMs);
      log.error({ event: 'hold-not-expired', orderId, err: error });
      return brokenPauseMs;
    }
    if (!isFailing) log.warn({ event: 'holds-not-swept', err: error });
    isFailing = true;
    return errorPauseMs;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const restMs = await sweepOnce().catch(afterFailure);
      if (restMs > 0) await delay(restMs, undefined, { signal: stopping.signal }).catch(() => {});
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

/** Forgets whom to leave out after their time. */
function leftOut(aside: Map<string, number>): string[] {
  for (const [orderId, until] of aside) if (performance.now() > until) aside.delete(orderId);
  return [...aside.keys()];
}
