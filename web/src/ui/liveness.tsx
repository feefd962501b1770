import { useConnection } from '../graphql/connection.ts';
import { classes } from './classes.ts';
import { formatInstant } from './figures.tsx';

/** Says beside live numbers whether they are so now, or since when they are not. */
export function Liveness() {
  const { state, since } = useConnection();
  const isLive = state === 'live';
  const text = isLive
    ? 'Live'
    : state === 'lost'
      ? `Not live since ${formatInstant(new Date(since), 'time')}`
      : 'Connecting';
  return (
    <span className="inline-flex items-center gap-2 text-xs text-muted">
      <span
        aria-hidden
        className={classes('size-2 rounded-full', isLive ? 'bg-reserved' : 'animate-breathe bg-pending')}
      />
      {text}
    </span>
  );
}
