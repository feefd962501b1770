import { describe, expect, it } from '@jest/globals';
import { keyFor, parseQuantity, type StockChangeForm } from './stock-change-key.ts';

const aForm = (parts: Partial<StockChangeForm> = {}): StockChangeForm => ({
  kind: 'receive',
  facilityId: 'london',
  zone: 'PRIMARY',
  quantity: '5',
  reason: '',
  ...parts,
});

describe('the key of a stock change', () => {
  let made = 0;
  const newKey = (): string => `key ${(made += 1)}`;

  it('stays while the content stays', () => {
    const first = keyFor(null, 'MUG', aForm(), newKey);
    expect(keyFor(first, 'MUG', aForm(), newKey)).toBe(first);
  });

  it('is another one for every other content, and after a success', () => {
    const first = keyFor(null, 'MUG', aForm(), newKey);
    for (const other of [
      aForm({ quantity: '6' }),
      aForm({ kind: 'adjust' }),
      aForm({ zone: 'BACK' }),
      aForm({ reason: 'x' }),
    ])
      expect(keyFor(first, 'MUG', other, newKey).idempotencyKey).not.toBe(first.idempotencyKey);
    expect(keyFor(first, 'CUP', aForm(), newKey).idempotencyKey).not.toBe(first.idempotencyKey);
    expect(keyFor(null, 'MUG', aForm(), newKey).idempotencyKey).not.toBe(first.idempotencyKey);
  });
});

describe('a typed quantity', () => {
  it('is a whole number that the API takes', () => {
    expect(parseQuantity(aForm({ quantity: ' 12 ' }))).toEqual({ value: 12 });
    expect(parseQuantity(aForm({ kind: 'adjust', quantity: '-3' }))).toEqual({ value: -3 });
    expect(parseQuantity(aForm({ kind: 'adjust', quantity: '−3' }))).toEqual({ value: -3 });
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'a', '1000000001'])('cannot receive %j', (quantity) => {
    expect(parseQuantity(aForm({ quantity }))).toHaveProperty('problem');
  });

  it.each(['', '0', '-0', '2.5', '-1000000001'])('cannot adjust by %j', (quantity) => {
    expect(parseQuantity(aForm({ kind: 'adjust', quantity }))).toHaveProperty('problem');
  });
});
