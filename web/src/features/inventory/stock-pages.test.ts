import { describe, expect, it } from '@jest/globals';
import { withPage, type Page } from './stock-pages.ts';

const aPage = (after: string | null, end: string, items: readonly string[] = []): Page<string> => ({
  after,
  end,
  hasMore: true,
  items,
});
const first = aPage(null, 'c', ['a', 'b', 'c']);
const second = aPage('c', 'f', ['d', 'e', 'f']);

describe('pages', () => {
  it('grow by the one that follows the last', () => {
    expect(withPage([first], second)).toEqual([first, second]);
    expect(withPage([], first)).toEqual([first]);
  });

  it('leave out one that follows none of them', () => {
    expect(withPage([first], aPage('x', 'z'))).toEqual([first]);
    expect(withPage([], second)).toEqual([]);
  });

  it('take one that was read anew in its place', () => {
    const anew = aPage(null, 'c', ['a', 'b!', 'c']);
    expect(withPage([first, second], anew)).toEqual([anew, second]);
  });

  it('lose those behind one that now ends elsewhere', () => {
    const anew = aPage(null, 'b2', ['a', 'b', 'b2']);
    expect(withPage([first, second], anew)).toEqual([anew]);
  });
});
