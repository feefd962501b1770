import { describe, expect, it } from '@jest/globals';
import {
  countRows,
  forgetful,
  noBlocks,
  outdated,
  rowsBetween,
  trimmed,
  withChanges,
  withPage,
  type OrderBlocks,
  type OrderPage,
} from './order-blocks.ts';
import { aChange, aPage, aRow, idAt } from './order-rows.testing.ts';

const all = (): boolean => true;
const listOf = (...pages: readonly OrderPage[]): OrderBlocks =>
  pages.reduce((list, page) => withPage(list, page, all), noBlocks);
const instantsOf = (list: OrderBlocks): readonly (number | null)[] =>
  rowsBetween(list, { first: 0, last: countRows(list) }).map((row) => row?.placedAtMs ?? null);
const down = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, place) => from - place);

describe('blocks of orders', () => {
  it('join pages one below the other, to the end of the list', () => {
    const list = listOf(
      aPage(1_000, 801),
      aPage(800, 601, { after: '801' }),
      aPage(600, 590, { after: '601', hasMore: false }),
    );
    expect(instantsOf(list)).toEqual(down(1_000, 590));
    expect(list.hasMore).toBe(false);
  });

  it('take new orders in at the top without gap or repetition', () => {
    const list = listOf(aPage(1_000, 801), aPage(1_050, 851));
    expect(instantsOf(list)).toEqual(down(1_050, 801));
    expect(list.blocks.some(({ isStale }) => isStale)).toBe(false);
    expect(list.hasMore).toBe(true);
  });

  it('know that something may be missing when a page ends above all that was known', () => {
    const gap = listOf(aPage(1_000, 801), aPage(1_400, 1_201));
    expect(gap.blocks.map(({ isStale }) => isStale)).toEqual([false, true]);
    const stale = gap.blocks[1]!;
    const closed = withPage(gap, aPage(1_200, 1_001, { after: stale.after }), all);
    const whole = withPage(closed, aPage(1_000, 801, { after: '1001' }), all);
    expect(instantsOf(whole)).toEqual(down(1_400, 801));
    expect(whole.blocks.some(({ isStale }) => isStale)).toBe(false);
  });

  it('leave out what the API no longer lists, and keep the higher of two versions', () => {
    const changed = withChanges(
      listOf(aPage(10, 1)),
      new Map([[idAt(7), aChange(7, 'CANCELLED', 3, 'RESERVED')]]),
      all,
      0,
    );
    const page = aPage(10, 1);
    const list = withPage(
      changed.list,
      { ...page, rows: page.rows.filter(({ placedAtMs }) => placedAtMs !== 5) },
      all,
    );
    expect(instantsOf(list)).toEqual([10, 9, 8, 7, 6, 4, 3, 2, 1]);
    expect(rowsBetween(list, { first: 3, last: 3 })[0]).toMatchObject({ status: 'CANCELLED', version: 3 });
  });

  it('let a row go whose new state is not wanted, and ignore what is older than a row', () => {
    const changes = new Map([
      [idAt(9), aChange(9, 'CANCELLED', 3, 'RESERVED')],
      [idAt(8), aChange(8, 'PENDING', 1, null)],
      [idAt(99), aChange(99, 'PENDING', 1, null)],
    ]);
    const { list, found } = withChanges(listOf(aPage(10, 7)), changes, (status) => status === 'RESERVED', 5);
    expect(instantsOf(list)).toEqual([10, 8, 7]);
    expect(found).toEqual(new Set([idAt(9), idAt(8)]));
    expect(rowsBetween(list, { first: 1, last: 1 })[0]).toMatchObject({ version: 2, markedAt: 0 });
  });

  it('let go of rows far from the eye and read them again, however many they are by then', () => {
    const list = listOf(
      aPage(1_000, 801),
      aPage(800, 601, { after: '801' }),
      aPage(600, 401, { after: '601' }),
    );
    const kept = forgetful(list, { first: 450, last: 480 }, 60);
    expect(kept.blocks.map(({ rows }) => rows === null)).toEqual([true, false, false]);
    expect(countRows(kept)).toBe(600);
    const back = aPage(1_000, 801);
    const fewer = { ...back, rows: back.rows.slice(0, 150), endCursor: '851' };
    const read = withPage(
      kept,
      { ...fewer, rows: [...fewer.rows, ...aPage(800, 751).rows], endCursor: '751' },
      all,
    );
    expect(instantsOf(read)).toEqual([...down(1_000, 851), ...down(800, 401)]);
  });

  it('drop what was asked for before the list was cut', () => {
    const list = listOf(aPage(1_000, 801));
    expect(withPage(list, aPage(600, 401, { after: '601' }), all)).toBe(list);
  });

  it('end after about as many rows as they may have', () => {
    const list = listOf(
      aPage(1_000, 801),
      aPage(800, 601, { after: '801' }),
      aPage(600, 401, { after: '601', hasMore: false }),
    );
    const short = trimmed(list, 300);
    expect(countRows(short)).toBe(400);
    expect(short.hasMore).toBe(true);
    expect(trimmed(list, 2_000)).toBe(list);
  });

  it('do not fall to pieces when the top is read again with each new order', () => {
    let list = listOf(aPage(1_000, 801));
    for (let newest = 1_001; newest <= 1_300; newest += 1)
      list = withPage(list, aPage(newest, newest - 199), all);
    expect(instantsOf(list)).toEqual(down(1_300, 801));
    expect(list.blocks.length).toBeLessThan(6);
  });

  it('say of the block around an order that it is stale', () => {
    const list = listOf(aPage(1_000, 801), aPage(800, 601, { after: '801' }));
    expect(outdated(list, aRow(700)).blocks.map(({ isStale }) => isStale)).toEqual([false, true]);
    expect(outdated(list, null).blocks.map(({ isStale }) => isStale)).toEqual([true, true]);
    expect(outdated(list, aRow(5))).toBe(list);
  });
});
