import { describe, expect, it } from '@jest/globals';
import { noBlocks, withChanges, withPage } from './order-blocks.ts';
import { aChange, aPage, idAt } from './order-rows.testing.ts';
import { seen, shiftOf } from './scroll-anchor.ts';

const all = (): boolean => true;

describe('what is being read', () => {
  const list = withPage(noBlocks, aPage(1_000, 801), all);
  const inView = seen(list, { first: 100, last: 110 });

  it('has moved by as many rows as came above it', () => {
    expect(shiftOf(inView, withPage(list, aPage(1_050, 851), all))).toBe(50);
    expect(shiftOf(inView, list)).toBe(0);
  });

  it('is told by its next row when its first is gone', () => {
    const changes = new Map([980, 900].map((ms) => [idAt(ms), aChange(ms, 'CANCELLED', 3, 'RESERVED')]));
    const fewer = withChanges(list, changes, (status) => status !== 'CANCELLED', 0).list;
    expect(shiftOf(inView, fewer)).toBe(-2 + 1 - 1);
  });

  it('stays when nothing of it is left', () => {
    expect(shiftOf(inView, noBlocks)).toBe(0);
  });
});
