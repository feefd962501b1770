import { describe, expect, it } from '@jest/globals';
import { parseEventsSearch } from './events-search.ts';

describe('the address of the events', () => {
  it('may ask for closed messages', () => {
    expect(parseEventsSearch({ parked: 'closed', other: 1 })).toEqual({ parked: 'closed' });
  });

  it.each([{}, { parked: 'open' }, { parked: 1 }])('asks for open ones with %j', (search) =>
    expect(parseEventsSearch(search)).toEqual({}),
  );
});
