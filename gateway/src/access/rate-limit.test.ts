import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.ts';

const ann = { customerId: 'ann', isOperator: false };

describe('a rate limit of 10 points a second', () => {
  const aLimit = () => new RateLimit({ customer: 10, operator: 1_000 });

  it('lets ten seconds of points be spent at once, then refuses, and says when the debt is paid', () => {
    const limit = aLimit();
    limit.spend(ann, 60, 0);
    limit.spend(ann, 80, 0); // More than is left: 40 points of debt.
    expect(() => limit.spend(ann, 1, 0)).toThrow(
      expect.objectContaining({
        extensions: { code: 'RATE_LIMITED', retryAfterMs: 4_100, http: { status: 429 } },
      }),
    );
    expect(() => limit.spend(ann, 1, 3_900)).toThrow(/Too much was asked/);
    limit.spend(ann, 1, 4_100);
    expect(limit.refused).toBe(2);
  });

  it('holds over a long time, however it is spent', () => {
    const limit = aLimit();
    let spent = 0;
    for (let now = 0; now <= 100_000; now += 10) {
      try {
        limit.spend(ann, 7, now);
        spent += 7;
      } catch {
        // Refused: asked again ten milliseconds later.
      }
    }
    expect(spent).toBeGreaterThanOrEqual(1_090);
    expect(spent).toBeLessThanOrEqual(1_110);
  });

  it('is each viewer’s own, and a customer’s name is not an operator’s', () => {
    const limit = aLimit();
    limit.spend(ann, 1_000, 0);
    limit.spend({ customerId: 'bob', isOperator: false }, 1, 0);
    limit.spend({ customerId: 'ann', isOperator: true }, 1, 0);
    expect(() => limit.spend(ann, 1, 0)).toThrow(/Too much was asked/);
  });
});
