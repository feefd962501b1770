import { describe, expect, it } from '@jest/globals';
import { newerThan, withFreshContent, withFreshTop, withNextPage, type NewestFirst } from './newest-first.ts';

interface Movement {
  readonly cursor: string;
  readonly node: { readonly id: number; readonly status: string };
}

const idOf = ({ node }: Movement): string => String(node.id);
const list = (ids: readonly number[], hasMore = true, status = 'old'): NewestFirst<Movement> => ({
  edges: ids.map((id) => ({ cursor: `c${id}`, node: { id, status } })),
  hasMore,
});
const idsOf = ({ edges }: NewestFirst<Movement>): number[] => edges.map(({ node }) => node.id);

describe('a list that grows at its top', () => {
  it('takes what is new at its top and keeps its length', () => {
    const merged = withFreshTop(list([9, 8, 7, 6, 5, 4]), list([11, 10, 9]), 6, idOf);
    expect(idsOf(merged)).toEqual([11, 10, 9, 8, 7, 6]);
    expect(merged.hasMore).toBe(true);
  });

  it('is the fresh page alone when more is new than that holds, so that it has no gap', () => {
    expect(idsOf(withFreshTop(list([3, 2, 1], false), list([9, 8, 7]), 10, idOf))).toEqual([9, 8, 7]);
  });

  it('loses what the fresh page no longer holds between two that it holds', () => {
    expect(idsOf(withFreshTop(list([5, 4, 3, 2]), list([5, 3]), 10, idOf))).toEqual([5, 3, 2]);
  });

  it('is the fresh page when there is nothing behind that', () => {
    const merged = withFreshTop(list([5, 4, 3, 2]), list([5, 4], false), 10, idOf);
    expect(idsOf(merged)).toEqual([5, 4]);
    expect(merged.hasMore).toBe(false);
  });

  it('knows its end as before when the fresh page stops before that', () => {
    expect(withFreshTop(list([3, 2, 1], false), list([4, 3]), 10, idOf)).toEqual({
      ...list([4, 3, 2, 1]),
      hasMore: false,
    });
  });

  it('shows nothing twice when a following page repeats what is known', () => {
    expect(idsOf(withNextPage(list([5, 4, 3]), list([3, 2], false), idOf))).toEqual([5, 4, 3, 2]);
  });

  it('counts what is newer, and says when the page did not reach what is known', () => {
    expect(newerThan(list([5, 4]), list([7, 6, 5]), idOf)).toEqual({ count: 2, areMore: false });
    expect(newerThan(list([5, 4]), list([9, 8]), idOf)).toEqual({ count: 2, areMore: true });
  });

  it('can take new content without moving anything', () => {
    const refreshed = withFreshContent(list([5, 4, 3]), list([6, 5, 4], true, 'new'), idOf);
    expect(refreshed.edges.map(({ node }) => `${node.id} ${node.status}`)).toEqual([
      '5 new',
      '4 new',
      '3 old',
    ]);
  });
});
