import { describe, expect, it } from '@jest/globals';
import type { Level, LevelKey } from '../domain/stock.ts';
import { LiveStock, type LiveStockMessage } from './live-stock.ts';

const aLevel = (sku: string, version: number): Level => ({
  sku,
  facilityId: 'f1',
  zone: 'PRIMARY',
  onHand: version,
  reserved: 0,
  version,
});

/** Stock that is held in memory, a LiveStock over it, and what it sent. */
function aLiveStock(given: { failures?: number } = {}) {
  const stored = new Map<string, Level>();
  const sent: { atMs: number; message: LiveStockMessage }[] = [];
  let failuresLeft = given.failures ?? 0;
  const errors: unknown[] = [];
  const live = new LiveStock({
    read: async (keys: readonly LevelKey[]) => {
      if (failuresLeft > 0) {
        failuresLeft -= 1;
        throw new Error('away');
      }
      const levels = keys.map(({ sku }) => stored.get(sku)).filter((level) => level !== undefined);
      const products = levels.map(({ sku, onHand, version }) => ({
        sku,
        available: onHand,
        availableVersion: version,
      }));
      return { occurredAt: new Date().toISOString(), levels, products };
    },
    publish: (message) => sent.push({ atMs: performance.now(), message }),
    onError: (error) => errors.push(error),
  });
  return { stored, sent, live, errors };
}

async function until(condition: () => boolean, deadlineMs = 5_000): Promise<void> {
  const giveUpAt = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error('not so in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const versionsOf = (sent: { message: LiveStockMessage }[], sku: string): number[] =>
  sent.flatMap(({ message }) =>
    message.levels.filter((level) => level.sku === sku).map(({ version }) => version),
  );

describe('live stock', () => {
  it('sends a level at most once in 250 ms, and its last state always', async () => {
    const { stored, sent, live } = aLiveStock();
    const startedAt = performance.now();
    let version = 0;
    await until(() => {
      version += 1;
      stored.set('A', aLevel('A', version));
      live.note([aLevel('A', version)]);
      return performance.now() - startedAt > 900;
    });
    await until(() => versionsOf(sent, 'A').at(-1) === version);
    expect(sent.length).toBeLessThanOrEqual(5);
    expect(sent.length).toBeGreaterThanOrEqual(3);
    for (const [index, { atMs }] of sent.entries()) {
      if (index > 0) expect(atMs - sent[index - 1]!.atMs).toBeGreaterThanOrEqual(245);
    }
    await live.stop();
  });

  it('waits for a change that is noted before its commit, and sends nothing older', async () => {
    const { stored, sent, live } = aLiveStock();
    stored.set('A', aLevel('A', 1));
    stored.set('B', aLevel('B', 1));
    live.note([aLevel('A', 2), aLevel('B', 1)]);
    await until(() => sent.length > 0);
    expect(versionsOf(sent, 'A')).toEqual([]);
    expect(sent[0]!.message.products.map(({ sku }) => sku)).toEqual(['B']);
    stored.set('A', aLevel('A', 2));
    await until(() => versionsOf(sent, 'A').length > 0);
    expect(versionsOf(sent, 'A')).toEqual([2]);
    await live.stop();
  });

  it('keeps messages bounded', async () => {
    const { stored, sent, live } = aLiveStock();
    const levels = Array.from({ length: 1_001 }, (_, index) => aLevel(`S${index}`, 1));
    for (const level of levels) stored.set(level.sku, level);
    live.note(levels);
    await until(() => sent.length === 3);
    expect(sent.map(({ message }) => message.levels.length)).toEqual([400, 400, 201]);
    await live.stop();
  });

  it('leaves nothing out when reading fails for a while', async () => {
    const { stored, sent, live, errors } = aLiveStock({ failures: 1 });
    stored.set('A', aLevel('A', 1));
    live.note([aLevel('A', 1)]);
    await until(() => sent.length === 1);
    expect(errors).toHaveLength(1);
    await live.stop();
  });

  it('sends what is still to be sent when it stops', async () => {
    const { stored, sent, live } = aLiveStock();
    stored.set('A', aLevel('A', 1));
    live.note([aLevel('A', 1)]);
    await live.stop();
    expect(versionsOf(sent, 'A')).toEqual([1]);
  });

  it('waits for a noted version also when an older one is noted again, as a repeated command does', async () => {
    const { stored, sent, live } = aLiveStock();
    stored.set('A', aLevel('A', 2));
    live.note([aLevel('A', 3)]);
    stored.set('B', aLevel('B', 1));
    live.note([aLevel('A', 1), aLevel('B', 1)]);
    await until(() => versionsOf(sent, 'B').includes(1));
    expect(versionsOf(sent, 'A')).toEqual([]);
    stored.set('A', aLevel('A', 3));
    await until(() => versionsOf(sent, 'A').includes(3));
    await live.stop();
  });
});
