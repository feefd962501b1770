import { afterEach, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { createLogger } from '@holdfast/service';
import { HoldsNotExpiredError, type ExpiredHolds } from '../commands/expire-holds.ts';
import type { Level } from '../domain/stock.ts';
import { startHoldSweeper, type HoldSweeper, type HoldSweeperOptions } from './hold-sweeper.ts';

type Which = Parameters<HoldSweeperOptions['sweep']>[0];

let sweeper: HoldSweeper | undefined;
afterEach(() => sweeper?.stop());

/** A sweeper over a function, with the events that it logged and how often it told of levels. */
function aSweeper(sweep: (which: Which, count: number) => ExpiredHolds | Promise<ExpiredHolds>) {
  const asked: Which[] = [];
  const events: string[] = [];
  const told: (readonly Level[])[] = [];
  const log = createLogger('inventory', 'silent');
  const note = (line: object) => events.push((line as { event: string }).event);
  Object.assign(log, { info: note, warn: note, error: note });
  sweeper = startHoldSweeper({
    sweep: async (which) => {
      asked.push(which);
      return sweep(which, asked.length);
    },
    onExpired: (levels) => told.push(levels),
    log,
  });
  return { asked, events, told };
}

const until = async (condition: () => boolean) =>
  expect(await waitUntil(() => condition() || null, { withinMs: 10_000, everyMs: 5 })).toBe(true);
const ids = (count: number) => Array.from({ length: count }, (_, index) => `order-${index}`);
const nothing: ExpiredHolds = { orderIds: [], levels: [] };

it('goes on at once while there is more than it takes at a time, and tells of every commit', async () => {
  let left = 250;
  const { asked, told } = aSweeper(({ limit }) => {
    const count = Math.min(limit, left);
    left -= count;
    return { orderIds: ids(count), levels: [] };
  });
  const startedAt = performance.now();
  await until(() => left === 0);
  expect(performance.now() - startedAt).toBeLessThan(900);
  await until(() => told.length === 3);
  expect(asked.length).toBe(3);
  await until(() => asked.length > 3);
  expect(told.length).toBe(3);
});

it('goes on when the database was away, and says so once', async () => {
  const away = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
  const { asked, events } = aSweeper((_, count) => {
    if (count === 1) throw away;
    if (count === 2) throw new HoldsNotExpiredError(ids(3), away);
    return nothing;
  });
  await until(() => asked.length >= 3 && events.length >= 2);
  expect(events).toEqual(['holds-not-swept', 'holds-swept-again']);
  expect(asked.every(({ limit, except }) => limit > 1 && except.length === 0)).toBe(true);
});

it('lets no hold whose books are broken keep the others', async () => {
  const left = new Set(ids(5));
  const { events } = aSweeper(({ limit, except }) => {
    const taken = [...left].filter((id) => !except.includes(id)).slice(0, limit);
    if (taken.includes('order-1')) throw new HoldsNotExpiredError(taken, new Error('books do not balance'));
    for (const id of taken) left.delete(id);
    return { orderIds: taken, levels: [] };
  });
  await until(() => left.size === 1);
  expect([...left]).toEqual(['order-1']);
  expect(events.filter((event) => event === 'hold-not-expired')).toHaveLength(1);
});

it('ends the sweep that runs before it has stopped, and begins no other', async () => {
  const { promise, resolve } = Promise.withResolvers<ExpiredHolds>();
  const { asked, told } = aSweeper(() => promise);
  await until(() => asked.length === 1);
  const stopped = sweeper!.stop();
  resolve({ orderIds: ids(100), levels: [] });
  await stopped;
  expect([asked.length, told.length]).toEqual([1, 1]);
});
