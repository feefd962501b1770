import { describe, expect, it } from '@jest/globals';
import { filterOf, parseOrdersSearch } from './orders-search.ts';

describe('the search of orders', () => {
  it('keeps what makes sense and leaves out the rest', () => {
    const search = parseOrdersSearch({
      statuses: ['REJECTED', 'LOST', 'PENDING'],
      customer: ' ada ',
      reference: 123,
      placedFrom: '2026-11-25T03:00:00+01:00',
      placedBefore: 'soon',
      page: 2,
    });
    expect(search).toEqual({
      statuses: ['PENDING', 'REJECTED'],
      customer: 'ada',
      reference: '123',
      placedFrom: '2026-11-25T02:00:00.000Z',
    });
    expect(parseOrdersSearch({ ...search })).toEqual(search);
  });

  it('takes no state and every state for the same', () => {
    const all = ['PENDING', 'RESERVED', 'SHIPPING', 'DELIVERED', 'REJECTED', 'CANCELLED'];
    expect(parseOrdersSearch({ statuses: all })).toEqual({});
    expect(parseOrdersSearch({ statuses: [] })).toEqual({});
    expect(parseOrdersSearch({ statuses: 'PENDING,SHIPPING' })).toEqual({
      statuses: ['PENDING', 'SHIPPING'],
    });
  });

  it('asks the API for a customer by the name that the API has for one', () => {
    expect(filterOf({ customer: 'ada' })).toEqual({ customerId: 'ada' });
    expect(filterOf({})).toEqual({});
  });
});
