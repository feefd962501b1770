import { describe, expect, it } from '@jest/globals';
import { parseReservationsSearch } from './reservations-search.ts';

describe('the address of the reservations', () => {
  it('names a status and a SKU', () => {
    expect(parseReservationsSearch({ status: 'HELD', sku: 'MUG' })).toEqual({ status: 'HELD', sku: 'MUG' });
  });

  it('may name a SKU of digits alone', () => {
    expect(parseReservationsSearch({ sku: 22423 })).toEqual({ sku: '22423' });
  });

  it.each([{ status: 'LOST' }, { status: ['HELD'] }, { sku: '' }, { sku: { a: 1 } }, {}])(
    'loses what means nothing: %j',
    (search) => expect(parseReservationsSearch(search)).toEqual({}),
  );
});
