import { describe, expect, it } from '@jest/globals';
import type { StockLevel } from './stock-change.ts';
import { StockHub } from './stock-hub.ts';

const aLevel = (version: number, facilityId = 'LEI'): StockLevel => ({
  sku: 'A',
  facilityId,
  zone: 'PRIMARY',
  onHand: 10,
  reserved: 0,
  version,
  occurredAt: '2026-01-01T00:00:00.000Z',
});

describe('a subscriber of stock levels', () => {
  it('never hears an older state, nor the same again, of a level it has heard of', async () => {
    const hub = new StockHub(10);
    const { queue } = hub.listenToLevels({ sku: null, facilityId: null });
    const heard: (number | undefined)[] = [];
    for (const [index, version] of [6, 5, 6, 7].entries()) {
      hub.tellLevel(aLevel(version));
      hub.tellLevel(aLevel(1, `marker ${index}`));
      for (let level = await queue.next(); level?.facilityId === 'LEI'; level = await queue.next())
        heard.push(level.version);
    }
    expect(heard).toEqual([6, 7]);
  });

  it('is cut when more levels wait than its queue holds, and its neighbour is not', async () => {
    const hub = new StockHub(2);
    const slow = hub.listenToLevels({ sku: null, facilityId: null });
    const choosy = hub.listenToLevels({ sku: 'A', facilityId: 'DUB' });
    for (const facilityId of ['LEI', 'DUB', 'RTM']) hub.tellLevel(aLevel(1, facilityId));
    expect([slow.queue.hasOverflowed, choosy.queue.hasOverflowed, hub.cuts]).toEqual([true, false, 1]);
    expect(await choosy.queue.next()).toMatchObject({ facilityId: 'DUB' });
  });
});

describe('a subscriber of availability', () => {
  it('hears the newer of two readings, whatever the order they come in', async () => {
    const hub = new StockHub(10);
    const { queue } = hub.listenToProducts(new Set(['A']));
    hub.tellProduct({ sku: 'A', available: 3, availableVersion: 9 });
    hub.tellProduct({ sku: 'A', available: 5, availableVersion: 8 });
    expect(await queue.next()).toEqual({ sku: 'A', available: 3, availableVersion: 9 });
  });
});
