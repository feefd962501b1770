import { describe, expect, it } from '@jest/globals';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from './pages.ts';

describe('pages', () => {
  it('reads a cursor back as the key it was made from', () => {
    expect(decodeCursor(encodeCursor(['a', 2]), ['string', 'number'])).toEqual(['a', 2]);
    expect(decodeCursor(null, ['string'])).toBeNull();
  });

  it.each(['', 'x', encodeCursor(['a']), encodeCursor([1, 'a'])])(
    'refuses %p as a cursor of another list',
    (text) => {
      expect(() => decodeCursor(text, ['string', 'number'])).toThrow(/after is no cursor of this list/);
    },
  );

  it.each([0, -1, 201])('refuses a page of %p', (first) => {
    expect(() => pageSize(first)).toThrow(`first is ${first}; allowed: 1 to 200`);
  });

  it('says that there is a next page only when a row too many came', () => {
    const cursorOf = (node: string) => encodeCursor([node]);
    expect(connectionOf(['a', 'b', 'c'], 2, cursorOf)).toEqual({
      edges: [
        { cursor: cursorOf('a'), node: 'a' },
        { cursor: cursorOf('b'), node: 'b' },
      ],
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: cursorOf('a'),
        endCursor: cursorOf('b'),
      },
    });
    expect(connectionOf(['a'], 2, cursorOf).pageInfo.hasNextPage).toBe(false);
    expect(connectionOf([], 2, cursorOf).pageInfo.endCursor).toBeNull();
  });
});
