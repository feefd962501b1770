import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { OrderFilter } from '../../graphql/schema.generated.ts';
import { countRows, rowsBetween, type OrderPage } from './order-blocks.ts';
import type { OrderRow } from './order-row.ts';
import { aChange, aRow } from './order-rows.testing.ts';
import { OrderTableStore } from './order-table-store.ts';

const start = 1_700_000_000_000;

/** An API with these orders, newest first; every reading is noted. */
function anApi(rows: OrderRow[]) {
  const readings: (string | null)[] = [];
  const read = (after: string | null): Promise<{ page: OrderPage }> => {
    readings.push(after);
    const below = after === null ? rows : rows.filter(({ placedAtMs }) => placedAtMs < Number(after));
    const page = below.slice(0, 200);
    const last = page.at(-1);
    return Promise.resolve({
      page: {
        after,
        rows: page,
        endCursor: last ? String(last.placedAtMs) : null,
        hasMore: below.length > 200,
      },
    });
  };
  return { rows, readings, read };
}

const rowsFrom = (count: number): OrderRow[] =>
  Array.from({ length: count }, (_, place) => aRow(start - place));

async function opened(api: ReturnType<typeof anApi>, filter: OrderFilter = {}): Promise<OrderTableStore> {
  const store = new OrderTableStore(api.read, filter);
  store.open();
  await jest.advanceTimersByTimeAsync(10);
  return store;
}

const firstOf = (store: OrderTableStore): OrderRow | null | undefined =>
  rowsBetween(store.getSnapshot().list, { first: 0, last: 0 })[0];

/** An order is placed, and the stream tells of it. */
function place(api: ReturnType<typeof anApi>, store: OrderTableStore, ms: number): void {
  api.rows.unshift(aRow(ms, { status: 'PENDING', version: 1 }));
  store.apply(aChange(ms, 'PENDING', 1, null));
}

describe('the store of the table', () => {
  beforeEach(() => void jest.useFakeTimers({ now: start }));
  afterEach(() => void jest.useRealTimers());

  it('reads new orders in bulk, however many changes there are', async () => {
    const api = anApi(rowsFrom(1_000));
    const store = await opened(api);
    const before = api.readings.length;
    for (let ms = 1; ms <= 1_000; ms += 1) {
      place(api, store, start + ms);
      if (ms % 5 === 0) await jest.advanceTimersByTimeAsync(5);
    }
    await jest.advanceTimersByTimeAsync(1_500);
    expect(api.readings.length - before).toBeLessThanOrEqual(6);
    expect(firstOf(store)?.placedAtMs).toBe(start + 1_000);
    expect(countRows(store.getSnapshot().list)).toBeLessThanOrEqual(2_400);
  });

  it('knows a change that came before the answer that it is newer than', async () => {
    const api = anApi(rowsFrom(10));
    const store = await opened(api);
    place(api, store, start + 1);
    store.apply(aChange(start + 1, 'RESERVED', 2, 'PENDING'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(firstOf(store)).toMatchObject({ placedAtMs: start + 1, status: 'RESERVED', version: 2 });
  });

  it('moves nothing while it is paused, and shows everything afterwards', async () => {
    const api = anApi(rowsFrom(10));
    const store = await opened(api);
    store.pause();
    place(api, store, start + 1);
    store.apply(aChange(start, 'CANCELLED', 3, 'RESERVED'));
    store.apply(aChange(start, 'CANCELLED', 3, 'RESERVED'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(store.getSnapshot()).toMatchObject({ count: 10, heldBack: 2, newOrders: 1 });
    expect(firstOf(store)).toMatchObject({ placedAtMs: start, status: 'RESERVED' });
    store.resume();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.getSnapshot()).toMatchObject({ count: 11, heldBack: null, newOrders: 0 });
    expect(rowsBetween(store.getSnapshot().list, { first: 0, last: 1 })).toMatchObject([
      { placedAtMs: start + 1 },
      { placedAtMs: start, status: 'CANCELLED' },
    ]);
  });

  it('shows nothing that was asked for before it was paused', async () => {
    const api = anApi(rowsFrom(10));
    const store = await opened(api);
    place(api, store, start + 1);
    await jest.advanceTimersByTimeAsync(249);
    const readings = api.readings.length;
    jest.advanceTimersByTime(1);
    expect(api.readings.length).toBe(readings + 1);
    store.pause();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.getSnapshot().count).toBe(10);
    store.resume();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(store.getSnapshot().count).toBe(11);
  });

  it('only counts new orders while the eye is elsewhere', async () => {
    const api = anApi(rowsFrom(1_000));
    const store = await opened(api);
    store.look({ first: 300, last: 320 }, false);
    await jest.advanceTimersByTimeAsync(10);
    const { list } = store.getSnapshot();
    place(api, store, start + 1);
    place(api, store, start + 2);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(store.getSnapshot().list).toBe(list);
    expect(store.getSnapshot().newOrders).toBe(2);
    store.look({ first: 0, last: 20 }, true);
    await jest.advanceTimersByTimeAsync(10);
    expect(firstOf(store)?.placedAtMs).toBe(start + 2);
    expect(store.getSnapshot().newOrders).toBe(0);
  });

  it('lets a row leave that is no longer of its states', async () => {
    const api = anApi(rowsFrom(3));
    const store = await opened(api, { statuses: ['RESERVED'] });
    store.apply(aChange(start, 'CANCELLED', 3, 'RESERVED'));
    await jest.advanceTimersByTimeAsync(300);
    expect(store.getSnapshot().count).toBe(2);
  });

  it('asks how many are new when it cannot tell by itself', async () => {
    const api = anApi(rowsFrom(1_000));
    const store = await opened(api, { customerId: 'ada' });
    store.look({ first: 300, last: 320 }, false);
    await jest.advanceTimersByTimeAsync(10);
    place(api, store, start + 1);
    store.apply(aChange(start + 2, 'PENDING', 1, null)); // Of somebody else: the API does not list it.
    await jest.advanceTimersByTimeAsync(3_000);
    expect(store.getSnapshot().newOrders).toBe(1);
  });

  it('reads the top and what is in view again after a gap', async () => {
    const api = anApi(rowsFrom(1_000));
    const store = await opened(api);
    api.rows[0] = aRow(start, { status: 'CANCELLED', version: 3 });
    api.rows.unshift(aRow(start + 1));
    store.refresh();
    await jest.advanceTimersByTimeAsync(1_500);
    expect(rowsBetween(store.getSnapshot().list, { first: 0, last: 1 })).toMatchObject([
      { placedAtMs: start + 1 },
      { status: 'CANCELLED' },
    ]);
  });

  it('reaches the last of many orders and keeps few of them', async () => {
    const api = anApi(rowsFrom(8_000));
    const store = await opened(api);
    while (store.getSnapshot().list.hasMore) {
      const { count } = store.getSnapshot();
      store.look({ first: count - 20, last: count - 1 }, false);
      await jest.advanceTimersByTimeAsync(5);
    }
    const { list, count } = store.getSnapshot();
    expect(count).toBe(8_000);
    const kept = list.blocks.flatMap(({ rows }) => rows ?? []);
    expect(kept.length).toBeLessThan(5_000);
    expect(kept.at(-1)?.placedAtMs).toBe(start - 7_999);
  });
});
