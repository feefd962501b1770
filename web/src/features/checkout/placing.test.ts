import { describe, expect, it } from '@jest/globals';
import { verdictOn, type PlacingAnswer } from './placing.ts';

const failing = (code: string, more: object = {}): PlacingAnswer =>
  ({
    error: { networkError: undefined, graphQLErrors: [{ message: 'No', extensions: { code, ...more } }] },
  }) as unknown as PlacingAnswer;

describe('an order that was sent', () => {
  it('is placed when the answer holds it', () => {
    const order = { id: 'o-1', version: 1, status: 'PENDING' } as const;
    expect(verdictOn({ data: { placeOrder: { order, problems: [] } } }, 6)).toEqual({
      kind: 'placed',
      orderId: 'o-1',
    });
  });

  it('is refused with its problems', () => {
    const problems = [{ code: 'PRICE_CHANGED', message: 'More', path: ['expectedTotal'] }];
    expect(verdictOn({ data: { placeOrder: { order: null, problems } } }, 1)).toEqual({
      kind: 'refused',
      problems,
    });
  });

  it('is sent again when no answer came, with growing waits, and then left to the customer', () => {
    const verdicts = [1, 2, 3, 4, 5, 6].map((attempt) => verdictOn(null, attempt));
    expect(verdicts.map((verdict) => ('waitMs' in verdict ? verdict.waitMs : verdict.kind))).toEqual([
      500,
      1_000,
      2_000,
      4_000,
      4_000,
      'unanswered',
    ]);
  });

  it('may have been placed when something broke on the way', () => {
    for (const code of ['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])
      expect(verdictOn(failing(code), 1)).toMatchObject({ kind: 'again', why: 'NO_ANSWER' });
  });

  it('waits as long as a busy service asks for', () => {
    expect(verdictOn(failing('OVERLOADED', { retryAfterMs: 2_500 }), 1)).toEqual({
      kind: 'again',
      why: 'OVERLOADED',
      waitMs: 2_500,
    });
    expect(verdictOn(failing('OVERLOADED'), 6)).toEqual({ kind: 'overloaded' });
  });

  it('is not sent again when the answer says why it cannot be', () => {
    expect(verdictOn(failing('BAD_USER_INPUT'), 1)).toEqual({ kind: 'failed', message: 'No' });
  });
});
