import type { Viewer } from '@holdfast/service';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Points a second that one viewer may spend. */
export interface PointsPerSecond {
  readonly customer: number;
  readonly operator: number;
}

/** How long a viewer may save up points. */
const BURST_SECONDS = 10;
/** Viewers that are remembered; one that is forgotten begins with a full purse. */
const REMEMBERED_VIEWERS = 50_000;

interface Purse {
  points: number;
  countedAt: number;
}

/**
 * A token bucket for each viewer, in this process only. Whoever has points left may spend more than those, and then waits
 * until the debt is paid: nothing that is allowed at all is out of reach, and the average holds.
 */
export class RateLimit {
  readonly #rates: PointsPerSecond;
  readonly #purses = new LRUCache<string, Purse>({ max: REMEMBERED_VIEWERS });
  refused = 0;

  constructor(rates: PointsPerSecond) {
    this.#rates = rates;
  }

  /** @throws GraphQLError RATE_LIMITED (429) with `retryAfterMs` when the viewer has no points left; nothing is spent then. */
  spend({ customerId, isOperator }: Viewer, points: number, now = performance.now()): void {
    const rate = isOperator ? this.#rates.operator : this.#rates.customer;
    const key = `${isOperator ? 'operator' : 'customer'} ${customerId}`;
    const purse = this.#purses.get(key) ?? { points: rate * BURST_SECONDS, countedAt: now };
    const earned = ((now - purse.countedAt) / 1_000) * rate;
    purse.points = Math.min(rate * BURST_SECONDS, purse.points + earned);
    purse.countedAt = now;
    this.#purses.set(key, purse);
    if (purse.points <= 0) {
      this.refused += 1;
      throw rateLimited(Math.ceil(((1 - purse.points) / rate) * 1_000), rate);
    }
    purse.points -= points;
  }
}

function rateLimited(retryAfterMs: number, rate: number): GraphQLError {
  return new GraphQLError(
    `Too much was asked in a short time: ${rate} points a second are allowed; ask again in ${retryAfterMs} ms`,
    { extensions: { code: 'RATE_LIMITED', retryAfterMs, http: { status: 429 } } },
  );
}
