import { DecisionTimes } from './decision-times.ts';
import type { OrderChange } from './order-row.ts';
import { percentile } from './percentile.ts';

/** How far back the series reach. */
export const seriesSeconds = 300;
/** Current figures, and each percentile, are of so many seconds. */
export const windowSeconds = 10;
/** Of more decisions in one second as many are kept, each with the same chance. */
const MOST_SAMPLES = 512;

export interface LiveFigures {
  /** Whole seconds since the epoch, ascending; for each one, what follows. Null where nobody listened, or nothing was decided. */
  readonly seconds: readonly number[];
  readonly placed: readonly (number | null)[];
  readonly decided: readonly (number | null)[];
  readonly p50: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  /** Of the last `windowSeconds`, a second. */
  readonly placedNow: number | null;
  readonly decidedNow: number | null;
}

/** Counts and times of the last minutes, made from the changes as they come. It never grows. */
export class LiveSeries {
  readonly #times = new DecisionTimes();
  readonly #placed = new Float64Array(seriesSeconds + 1);
  readonly #decided = new Float64Array(seriesSeconds + 1);
  readonly #p50 = new Float64Array(seriesSeconds + 1).fill(Number.NaN);
  readonly #p99 = new Float64Array(seriesSeconds + 1).fill(Number.NaN);
  readonly #isHeard = new Uint8Array(seriesSeconds + 1);
  readonly #samples = Array.from({ length: windowSeconds }, () => new Float64Array(MOST_SAMPLES));
  readonly #sampled = new Int32Array(windowSeconds);
  #second: number;
  #isListening = false;

  constructor(now: number) {
    this.#second = Math.floor(now / 1_000);
  }

  /** From now on changes are heard, or are not; a second in which they were not at any time is a gap. */
  listen(isListening: boolean, now: number): void {
    this.#advance(now);
    this.#isListening = isListening;
    this.#isHeard[this.#second % this.#isHeard.length] = 0;
  }

  add(change: OrderChange, now: number): void {
    this.#advance(now);
    const step = this.#times.add(change);
    if (step === null) return;
    const counts = step.kind === 'placed' ? this.#placed : this.#decided;
    counts[this.#second % counts.length]! += 1;
    if (step.tookMs !== null) this.#sample(step.tookMs);
  }

  /** The seconds that are over. */
  figures(now: number): LiveFigures {
    this.#advance(now);
    const seconds = Array.from({ length: seriesSeconds }, (_, place) => this.#second - seriesSeconds + place);
    const heard = (values: Float64Array) => (second: number) => {
      const place = second % values.length;
      return this.#isHeard[place] === 1 && !Number.isNaN(values[place]) ? values[place]! : null;
    };
    const placed = seconds.map(heard(this.#placed));
    const decided = seconds.map(heard(this.#decided));
    return {
      seconds,
      placed,
      decided,
      p50: seconds.map(heard(this.#p50)),
      p99: seconds.map(heard(this.#p99)),
      placedNow: mean(placed.slice(-windowSeconds)),
      decidedNow: mean(decided.slice(-windowSeconds)),
    };
  }

  #sample(tookMs: number): void {
    const place = this.#second % windowSeconds;
    const seen = (this.#sampled[place]! += 1);
    const slot = seen <= MOST_SAMPLES ? seen - 1 : Math.floor(Math.random() * seen);
    if (slot < MOST_SAMPLES) this.#samples[place]![slot] = tookMs;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1_000);
    // A page that slept for longer than the series has nothing to tell of the time between.
    if (second - this.#second > seriesSeconds) this.#second = second - seriesSeconds - 1;
    while (this.#second < second) {
      this.#finish(this.#second);
      this.#second += 1;
      this.#begin(this.#second);
    }
  }

  #finish(second: number): void {
    const ascending = this.#samples
      .flatMap((samples, place) => [...samples.subarray(0, Math.min(MOST_SAMPLES, this.#sampled[place]!))])
      .toSorted((one, other) => one - other);
    const place = second % this.#p50.length;
    this.#p50[place] = percentile(ascending, 0.5) ?? Number.NaN;
    this.#p99[place] = percentile(ascending, 0.99) ?? Number.NaN;
  }

  #begin(second: number): void {
    const place = second % this.#placed.length;
    this.#placed[place] = 0;
    this.#decided[place] = 0;
    this.#isHeard[place] = Number(this.#isListening);
    this.#sampled[second % windowSeconds] = 0;
  }
}

function mean(values: readonly (number | null)[]): number | null {
  const heard = values.filter((value) => value !== null);
  return heard.length === 0 ? null : heard.reduce((sum, value) => sum + value, 0) / heard.length;
}
