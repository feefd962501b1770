import { describe, expect, it } from '@jest/globals';
import { withFirstPage, withNextPage, type ListedOrder, type OrderPages } from './order-pages.ts';

const pages = (text: string, endCursor: string | null = null): OrderPages<ListedOrder> => ({
  orders: text
    .split(' ')
    .filter(Boolean)
    .map((each) => ({ id: each[0]!, version: Number(each[1]) })),
  endCursor,
  hasMore: endCursor !== null,
});

describe('the list of orders', () => {
  it('grows by the next page, without an order that it holds', () => {
    expect(withNextPage(pages('e1 d1', 'd'), pages('d1 c2', 'c'))).toEqual(pages('e1 d1 c2', 'c'));
  });

  it('begins with new orders when the first page is read again, and goes on where it did', () => {
    expect(withFirstPage(pages('c1 b1 a1', 'a'), pages('e1 d1 c2', 'c'))).toEqual(
      pages('e1 d1 c2 b1 a1', 'a'),
    );
  });

  it('never shows an order older than it was', () => {
    expect(withFirstPage(pages('c3 b1', 'b'), pages('c2 b2', 'b')).orders).toEqual(pages('c3 b2').orders);
  });

  it('begins anew when there may be orders between the new ones and those it holds', () => {
    const first = pages('f1 e1', 'e');
    expect(withFirstPage(pages('b1 a1', 'a'), first)).toBe(first);
    expect(withFirstPage(pages(''), first)).toBe(first);
  });
});
