/** What waits at each end of the stream, over time, ready to be drawn; null where it could not be read. */
export interface Backlog {
  readonly seconds: readonly number[];
  readonly pending: readonly (number | null)[];
  readonly outbox: readonly (number | null)[];
}

export const noBacklog: Backlog = { seconds: [], pending: [], outbox: [] };

/** Points farther apart than this have a time between them of which nothing is known. */
const GAP_SECONDS = 4;

interface Point {
  readonly second: number;
  readonly pending: number | null;
  readonly outbox: number | null;
}

/** One more point at the right, and as many as are kept. A time without readings is a gap, not a line across it. */
export function withPoint(backlog: Backlog, point: Point, most: number): Backlog {
  const last = backlog.seconds.at(-1);
  if (last !== undefined && point.second <= last) return backlog;
  const isAfterGap = last !== undefined && point.second - last > GAP_SECONDS;
  const points = isAfterGap ? [{ second: last + 1, pending: null, outbox: null }, point] : [point];
  return {
    seconds: [...backlog.seconds, ...points.map(({ second }) => second)].slice(-most),
    pending: [...backlog.pending, ...points.map(({ pending }) => pending)].slice(-most),
    outbox: [...backlog.outbox, ...points.map(({ outbox }) => outbox)].slice(-most),
  };
}
