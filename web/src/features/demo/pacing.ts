/** How far a run of orders has come since its pace was last set. */
export interface Pace {
  readonly perSecond: number;
  /** In milliseconds, on a clock that only goes forward. */
  readonly since: number;
  /** Orders that were due since then, begun or missed. */
  readonly counted: number;
}

export interface Step {
  readonly pace: Pace;
  /** Orders to begin now. */
  readonly begin: number;
  /** Orders that were due and for which there was no room: they are left out, not put off. */
  readonly missed: number;
}

export const paceFrom = (perSecond: number, now: number): Pace => ({ perSecond, since: now, counted: 0 });

/** The same run at another pace from now on. */
export const withPerSecond = (pace: Pace, perSecond: number, now: number): Pace =>
  pace.perSecond === perSecond ? pace : paceFrom(perSecond, now);

/**
 * What is due now. It is counted from the start and not from the last step, so timers that come late make no drift: after
 * any time t, exactly ⌊t × perSecond⌋ orders were begun or missed.
 */
export function step(pace: Pace, now: number, room: number): Step {
  const due = Math.max(0, Math.floor(((now - pace.since) * pace.perSecond) / 1_000) - pace.counted);
  const begin = Math.min(due, Math.max(0, room));
  return { pace: { ...pace, counted: pace.counted + due }, begin, missed: due - begin };
}
