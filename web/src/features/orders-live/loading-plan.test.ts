import { describe, expect, it } from '@jest/globals';
import { nextLoadingStep, type LoadingNeeds } from './loading-plan.ts';
import { forgetful, noBlocks, outdated, withPage, type OrderBlocks } from './order-blocks.ts';
import { aPage } from './order-rows.testing.ts';

const all = (): boolean => true;
const pages = (count: number): OrderBlocks =>
  Array.from({ length: count }).reduce<OrderBlocks>((list, _, place) => {
    const from = 10_000 - 200 * place;
    return withPage(list, aPage(from, from - 199, { after: place === 0 ? null : String(from + 1) }), all);
  }, noBlocks);

const needs = (some: Partial<LoadingNeeds>): LoadingNeeds => ({
  list: pages(10),
  view: { first: 0, last: 20 },
  isPaused: false,
  isFollowing: true,
  isTopWanted: false,
  isPeekUseful: false,
  liveReadAt: 0,
  now: 10_000,
  ...some,
});

describe('what is read next', () => {
  it('is the top of a list of which nothing is known', () => {
    expect(nextLoadingStep(needs({ list: noBlocks }))).toEqual({ kind: 'read', after: null, isLive: false });
    expect(nextLoadingStep(needs({ list: { blocks: [], hasMore: false } }))).toEqual({ kind: 'rest' });
  });

  it('lies ahead of the eye, as far as there is more', () => {
    const list = pages(3);
    const end = list.blocks.at(-1)!.endCursor;
    expect(nextLoadingStep(needs({ list }))).toEqual({ kind: 'read', after: end, isLive: false });
    expect(nextLoadingStep(needs({ list: { ...list, hasMore: false } }))).toEqual({ kind: 'rest' });
    expect(nextLoadingStep(needs({}))).toEqual({ kind: 'rest' });
  });

  it('is first of all what was let go of and is in view again', () => {
    const list = forgetful(pages(10), { first: 1_500, last: 1_520 }, 300);
    const step = nextLoadingStep(
      needs({ list, view: { first: 400, last: 420 }, isFollowing: false, isTopWanted: true }),
    );
    expect(step).toEqual({ kind: 'read', after: list.blocks[1]!.after, isLive: false });
  });

  it('is the top when new orders are followed, twice a second at most', () => {
    const wanted = needs({ isTopWanted: true, liveReadAt: 9_400 });
    expect(nextLoadingStep(wanted)).toEqual({ kind: 'read', after: null, isLive: true });
    expect(nextLoadingStep({ ...wanted, liveReadAt: 9_800 })).toEqual({ kind: 'wait', forMs: 300 });
    expect(nextLoadingStep({ ...wanted, isFollowing: false })).toEqual({ kind: 'rest' });
    expect(nextLoadingStep({ ...wanted, isPaused: true })).toEqual({ kind: 'rest' });
  });

  it('is what is stale in view, unless nothing may move', () => {
    const stale = needs({
      list: outdated(pages(10), null),
      view: { first: 430, last: 450 },
      isFollowing: false,
    });
    expect(nextLoadingStep(stale)).toEqual({
      kind: 'read',
      after: stale.list.blocks[2]!.after,
      isLive: true,
    });
    expect(nextLoadingStep({ ...stale, isPaused: true })).toEqual({ kind: 'rest' });
  });

  it('is a glance at the top when only the API can tell how many are new', () => {
    const away = needs({ isTopWanted: true, isPeekUseful: true, isFollowing: false, liveReadAt: 7_000 });
    expect(nextLoadingStep(away)).toEqual({ kind: 'peek', after: null, isLive: true });
    expect(nextLoadingStep({ ...away, liveReadAt: 9_000 })).toEqual({ kind: 'wait', forMs: 1_000 });
  });
});
