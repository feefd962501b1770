import { formatCount, formatDuration, formatInstant } from '../../ui/figures.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import { Panel } from '../../ui/panel.tsx';
import { windowSeconds } from './live-series.ts';
import type { OrderFeed } from './order-feed.ts';
import { useLiveFigures } from './use-live-figures.ts';

const HEIGHT = 128;

const rateSeries = [
  { name: 'Placed', color: 'pending' },
  { name: 'Decided', color: 'accent' },
] as const;
const timeSeries = [
  { name: 'p50', color: 'accent' },
  { name: 'p99', color: 'rejected' },
] as const;

/** How many orders are placed and decided, and how long a decision takes, as this page has heard it. */
export function LiveCharts({ feed }: { readonly feed: OrderFeed }) {
  const { figures, since } = useLiveFigures(feed);
  const { seconds, placed, decided, p50, p99 } = figures;
  const heard = `Heard by this page since it was opened at ${formatInstant(new Date(since), 'time')}`;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel
        title="Orders a second"
        aside={
          <Figures
            figures={[
              { ...rateSeries[0], value: rateText(figures.placedNow) },
              { ...rateSeries[1], value: rateText(figures.decidedNow) },
            ]}
          />
        }
      >
        <LineChart
          label={`Orders placed and decided a second over the last five minutes. ${heard}. Now ${rateText(figures.placedNow)} placed and ${rateText(figures.decidedNow)} decided a second.`}
          series={rateSeries}
          seconds={seconds}
          columns={[placed, decided]}
          height={HEIGHT}
        />
        <p className="mt-2 text-xs text-muted">
          {heard}. Figures: the last {windowSeconds} s.
        </p>
      </Panel>
      <Panel
        title="From placed to decided"
        aside={
          <Figures
            figures={[
              { ...timeSeries[0], value: timeText(p50.at(-1)) },
              { ...timeSeries[1], value: timeText(p99.at(-1)) },
            ]}
          />
        }
      >
        <LineChart
          label={`Milliseconds from placed to decided, median and 99th percentile, over the last five minutes. ${heard}. Now p50 ${timeText(p50.at(-1))}, p99 ${timeText(p99.at(-1))}.`}
          series={timeSeries}
          seconds={seconds}
          columns={[p50, p99]}
          height={HEIGHT}
          format={formatDuration}
        />
        <p className="mt-2 text-xs text-muted">Of orders both placed and decided since then.</p>
      </Panel>
    </div>
  );
}

interface Figure {
  readonly name: string;
  readonly color: keyof typeof swatches;
  readonly value: string;
}

const swatches = { pending: 'bg-pending', accent: 'bg-accent', rejected: 'bg-rejected' } as const;

const Figures = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl className="flex flex-wrap gap-x-4">
    {figures.map(({ name, color, value }) => (
      <div key={name} className="flex items-center gap-2">
        <dt className="flex items-center gap-2">
          <span aria-hidden className={`h-0.5 w-4 rounded-full ${swatches[color]}`} />
          {name}
        </dt>
        <dd className="min-w-14 text-base font-medium text-ink">{value}</dd>
      </div>
    ))}
  </dl>
);

const rateText = (rate: number | null): string =>
  rate === null ? '—' : rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate));

const timeText = (milliseconds: number | null | undefined): string =>
  typeof milliseconds === 'number' ? formatDuration(milliseconds) : '—';
