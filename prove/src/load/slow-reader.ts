import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryWriter } from './history-writer.ts';
import { openLiveLink } from './live-link.ts';
import type { Random } from './random.ts';
import { watchOrder, type Watch } from './watch.ts';

export interface SlowReaderOptions {
  readonly client: string;
  readonly urls: readonly string[];
  readonly firstGateway: number;
  readonly history: HistoryWriter;
  readonly random: Random;
  /** Orders that were placed a moment ago. */
  readonly newestOrders: () => readonly string[];
  readonly signal: AbortSignal;
}

/** Subscriptions that nobody left, for whoever waits for their end. */
export interface OpenWatches {
  readonly watches: readonly Watch[];
  close(): void;
}

const watched = 4;
/** With the ballast below what a gateway lets one socket have. */
const mostWatches = 16;
const ballastSubscriptions = 20;
/** Longer than the gateway's queue lasts at the default rate, and than it waits for two pongs. */
const pauseMs = { least: 26_000, most: 34_000 };
const readingMs = { least: 3_000, most: 8_000 };
/** After reading on it must have heard of the cut for a moment to be taken for its cause. */
const stillSlowMs = 5_000;

/** Every change of all orders many times over and each some kilobytes, so that a socket that is not read is soon full. */
const ballast = `subscription { orderChanges { ${Array.from({ length: 10 }, (_, place) => `${'x'.repeat(200)}${place}: eventId`).join(' ')} } }`;

/**
 * A client that stops reading its socket again and again, is cut for it, and then goes on with what it missed at another
 * gateway. Runs until the signal; resolves with the watches that are still open, and how to close their connection.
 */
export async function runSlowReader(options: SlowReaderOptions): Promise<OpenWatches> {
  const { client, urls, firstGateway, history, random, newestOrders, signal } = options;
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined);
  let slowUntil = 0;
  let watches: Watch[] = [];
  const link = openLiveLink(urls, firstGateway);
  const seen = new Set<string>();
  while (!signal.aborted) {
    watches = watches.filter(({ isComplete }) => !isComplete);
    for (const watch of watches.splice(0, Math.max(0, watches.length - mostWatches))) watch.end('left');
    const isSlow = (): boolean => performance.now() < slowUntil;
    for (const orderId of newestOrders()
      .filter((orderId) => !seen.has(orderId))
      .slice(-watched)) {
      seen.add(orderId);
      watches.push(watchOrder({ client, link, history, orderId, fromStart: true, isSlow }));
    }
    const ignored = { next: () => undefined, lost: () => undefined, completed: () => undefined };
    const leaves = Array.from({ length: ballastSubscriptions }, () => link.subscribe(ballast, {}, ignored));
    await pause(200); // Long enough for the socket to open: what is not open cannot be left unread.
    const pausedMs = random.between(pauseMs.least, pauseMs.most);
    slowUntil = performance.now() + pausedMs + stillSlowMs;
    link.stopReading();
    await pause(pausedMs);
    link.readOn();
    leaves.forEach((leave) => leave());
    await pause(random.between(readingMs.least, readingMs.most));
  }
  return { watches, close: () => link.close() };
}
