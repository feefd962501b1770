import { classes } from './classes.ts';
import { formatInstant, formatSeconds, useNow } from './figures.tsx';

interface FreshnessProps {
  /** When what is shown was read, in milliseconds since the epoch; null before the first answer. */
  readonly readAt: number | null;
  readonly everyMs: number;
  /** Whether the latest reading failed. */
  readonly isFailing: boolean;
}

/** An answer may be late by this before it is spoken of. */
const GRACE_MS = 2_500;

/** Says beside numbers that are read again and again how old they are, once they are older than they should be. */
export function Freshness({ readAt, everyMs, isFailing }: FreshnessProps) {
  const now = useNow();
  const ageMs = readAt === null ? null : Math.max(0, now - readAt);
  const isFresh = !isFailing && ageMs !== null && ageMs <= everyMs + GRACE_MS;
  const text =
    ageMs === null || readAt === null
      ? isFailing
        ? 'Cannot be read'
        : 'Reading'
      : isFresh
        ? `Read every ${everyMs / 1_000} s`
        : `Last read at ${formatInstant(new Date(readAt), 'time')}, ${formatSeconds(ageMs)} ago`;
  return (
    <span className="inline-flex items-center gap-2 text-xs text-muted">
      <span
        aria-hidden
        className={classes('size-2 rounded-full', isFresh ? 'bg-reserved' : 'animate-breathe bg-pending')}
      />
      {text}
    </span>
  );
}
