import { formatCount, formatDuration, formatSeconds, useNow } from '../../ui/figures.tsx';
import { mostInFlight, type RunFigures } from './order-run.ts';

const nothingYet: RunFigures = {
  placed: 0,
  refused: 0,
  failed: 0,
  missed: 0,
  inFlight: 0,
  rate: null,
  p50Ms: null,
  p99Ms: null,
  lastRefusal: null,
  lastFailure: null,
  endsAt: 0,
  isRunning: false,
};

/** How a run goes, as this page sees it. */
export function RunFiguresView({ figures }: { readonly figures: RunFigures | null }) {
  const now = useNow();
  const { placed, refused, failed, missed, inFlight, rate, p50Ms, p99Ms, ...run } = figures ?? nothingYet;
  const remainingMs = Math.max(0, run.endsAt - now);
  return (
    <div className="mt-6 border-t border-line pt-4">
      <p className="mb-4 min-h-5 text-sm text-muted">
        {figures === null
          ? 'Nothing was placed yet.'
          : run.isRunning
            ? `Running, for another ${formatSeconds(Math.ceil(remainingMs / 1_000) * 1_000)}.`
            : inFlight > 0
              ? `Stopped; ${inFlight} not answered yet.`
              : 'Stopped.'}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-4">
        <Figure name="Placed" value={formatCount(placed)} />
        <Figure name="Refused" value={formatCount(refused)} isBad={refused > 0} />
        <Figure name="Failed" value={formatCount(failed)} isBad={failed > 0} />
        <Figure name="Left out" value={formatCount(missed)} isBad={missed > 0} />
        <Figure name="Placed a second" value={rate === null || !run.isRunning ? '–' : rate.toFixed(1)} />
        <Figure name="Under way" value={`${inFlight} of ${mostInFlight}`} />
        <Figure name="Answer, median" value={p50Ms === null ? '–' : formatDuration(p50Ms)} />
        <Figure name="Answer, p99" value={p99Ms === null ? '–' : formatDuration(p99Ms)} />
      </dl>
      <div className="mt-4 flex min-h-12 flex-col gap-1 text-xs break-words">
        {missed > 0 && (
          <p className="text-pending">
            The answers do not keep up with this pace: an order that is due while {mostInFlight} are under way
            is left out, not put off.
          </p>
        )}
        {run.lastRefusal !== null && <p className="text-muted">Last refusal: {run.lastRefusal}</p>}
        {run.lastFailure !== null && <p className="text-rejected">Last failure: {run.lastFailure}</p>}
        <p className="text-muted">
          Times of the latest 5,000 answers. They hold the wait for one of the few connections that a browser
          opens.
        </p>
      </div>
    </div>
  );
}

const Figure = ({
  name,
  value,
  isBad = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
}) => (
  <div>
    <dt className="text-xs text-muted">{name}</dt>
    <dd className={`text-lg font-semibold whitespace-nowrap ${isBad ? 'text-rejected' : ''}`}>{value}</dd>
  </div>
);
