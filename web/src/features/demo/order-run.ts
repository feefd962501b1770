import type { Client } from 'urql';
import { errorText } from '../../ui/states.tsx';
import { DemoPlaceOrderDocument } from './demo.generated.ts';
import { Latencies, PerSecond } from './latencies.ts';
import { orderOf, type OrderShape } from './order-shape.ts';
import { paceFrom, step, withPerSecond, type Pace } from './pacing.ts';

/**
 * Requests under way at once; what is due beyond that is left out and counted. A browser opens about six connections to a
 * place: more would only wait in it, before what the page asks meanwhile.
 */
export const mostInFlight = 16;
const TICK_MS = 10;
const KEPT_LATENCIES = 5_000;
const RATE_SECONDS = 5;

/** How a run stands. */
export interface RunFigures {
  readonly placed: number;
  /** Answered with a problem: an expected no. */
  readonly refused: number;
  /** Without an answer, or with an error. */
  readonly failed: number;
  readonly missed: number;
  readonly inFlight: number;
  /** Placed a second, of late. */
  readonly rate: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly lastRefusal: string | null;
  readonly lastFailure: string | null;
  readonly endsAt: number;
  readonly isRunning: boolean;
}

interface RunSettings {
  readonly client: Client;
  readonly skus: readonly string[];
  readonly perSecond: number;
  readonly shape: OrderShape;
  readonly runForMs: number;
}

/** Places orders at a steady pace until it is stopped or its time is over. */
export class OrderRun {
  readonly #settings: RunSettings;
  readonly #name = Math.random().toString(36).slice(2, 7).toUpperCase();
  readonly #latencies = new Latencies(KEPT_LATENCIES);
  readonly #rate = new PerSecond(RATE_SECONDS);
  readonly #endsAt: number;
  readonly #timer: ReturnType<typeof setInterval>;
  #pace: Pace;
  #shape: OrderShape;
  #begun = 0;
  #counts = { placed: 0, refused: 0, failed: 0, missed: 0, inFlight: 0 };
  #lastRefusal: string | null = null;
  #lastFailure: string | null = null;
  #isRunning = true;

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.#shape = settings.shape;
    this.#pace = paceFrom(settings.perSecond, performance.now());
    this.#endsAt = Date.now() + settings.runForMs;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** From now on. */
  change(perSecond: number, shape: OrderShape): void {
    this.#pace = withPerSecond(this.#pace, perSecond, performance.now());
    this.#shape = shape;
  }

  /** What is under way is still counted. */
  stop(): void {
    this.#isRunning = false;
    clearInterval(this.#timer);
  }

  figures(): RunFigures {
    const [p50Ms = null, p99Ms = null] = this.#latencies.percentiles([0.5, 0.99]);
    return {
      ...this.#counts,
      rate: this.#rate.rate(performance.now()),
      p50Ms,
      p99Ms,
      lastRefusal: this.#lastRefusal,
      lastFailure: this.#lastFailure,
      endsAt: this.#endsAt,
      isRunning: this.#isRunning,
    };
  }

  #tick(): void {
    if (Date.now() >= this.#endsAt) return this.stop();
    const next = step(this.#pace, performance.now(), mostInFlight - this.#counts.inFlight);
    this.#pace = next.pace;
    this.#counts.missed += next.missed;
    for (let order = 0; order < next.begin; order += 1) void this.#place();
  }

  async #place(): Promise<void> {
    this.#begun += 1;
    this.#counts.inFlight += 1;
    const input = orderOf(this.#shape, this.#settings.skus, `DEMO-${this.#name}-${this.#begun}`, {
      random: Math.random,
      newKey: () => crypto.randomUUID(),
    });
    const began = performance.now();
    const { data, error } = await this.#settings.client
      .mutation(DemoPlaceOrderDocument, { input })
      .toPromise();
    const now = performance.now();
    this.#counts.inFlight -= 1;
    if (!data?.placeOrder) {
      this.#counts.failed += 1;
      this.#lastFailure = error ? errorText(error) : 'There was no answer.';
      return;
    }
    this.#latencies.add(now - began);
    const problem = data.placeOrder.problems[0];
    if (problem) {
      this.#counts.refused += 1;
      this.#lastRefusal = problem.message;
    } else {
      this.#counts.placed += 1;
      this.#rate.add(now);
    }
  }
}
