import type { Caller } from '../access/viewer.ts';

/** The longest that a timer of Node waits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Does `work` once, when what lets the caller in has ended; gives a function that calls it off. */
export function atEnd({ endsAt }: Caller, work: () => void): () => void {
  if (endsAt === null) return () => {};
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const leftMs = endsAt - Date.now();
    if (leftMs <= 0) return work();
    timer = setTimeout(wait, Math.min(leftMs, LONGEST_TIMER_MS)).unref();
  };
  wait();
  return () => clearTimeout(timer);
}
