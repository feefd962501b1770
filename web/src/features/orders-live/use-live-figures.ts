import { useEffect, useState } from 'react';
import { currentConnection, onConnectionChange } from '../../graphql/connection.ts';
import { LiveSeries, type LiveFigures } from './live-series.ts';
import type { OrderFeed } from './order-feed.ts';

const TOLD_EVERY_MS = 1_000;

/** What the feed tells of the last minutes, told anew every second; `since` is when it began to listen. */
export function useLiveFigures(feed: OrderFeed): { readonly figures: LiveFigures; readonly since: number } {
  const [{ series, since }] = useState(() => ({ series: new LiveSeries(Date.now()), since: Date.now() }));
  const [figures, setFigures] = useState(() => series.figures(Date.now()));
  useEffect(() => {
    const hear = (): void => series.listen(currentConnection().state === 'live', Date.now());
    hear();
    const leaveConnection = onConnectionChange(hear);
    const leaveFeed = feed.listen({ onChange: (change) => series.add(change, Date.now()) });
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setFigures(series.figures(Date.now()));
    }, TOLD_EVERY_MS);
    return () => {
      leaveConnection();
      leaveFeed();
      clearInterval(timer);
    };
  }, [feed, series]);
  return { figures, since };
}
