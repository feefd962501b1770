import { describe, expect, it } from '@jest/globals';
import { nextAdvance } from './advance-order.ts';

describe('the next step of an order', () => {
  it('is to confirm stock that is held for a time, for its customer too', () => {
    expect(nextAdvance('RESERVED', true, false)).toBe('CONFIRM');
    expect(nextAdvance('RESERVED', true, true)).toBe('CONFIRM');
  });

  it('is to ship and to deliver, for an operator alone', () => {
    expect(nextAdvance('RESERVED', false, true)).toBe('SHIP');
    expect(nextAdvance('SHIPPING', false, true)).toBe('DELIVER');
    expect(nextAdvance('RESERVED', false, false)).toBeNull();
    expect(nextAdvance('SHIPPING', false, false)).toBeNull();
  });

  it('is none before the answer about its stock and after its end', () => {
    for (const status of [null, 'PENDING', 'REJECTED', 'CANCELLED', 'DELIVERED'] as const)
      expect(nextAdvance(status, false, true)).toBeNull();
  });
});
