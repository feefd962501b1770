import { useState, type SubmitEvent } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatSeconds, useNow } from '../../ui/figures.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import { Panel } from '../../ui/panel.tsx';
import { errorText } from '../../ui/states.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { DemoHoldDocument } from './demo.generated.ts';
import { NumberField } from './number-field.tsx';
import { useBacklog } from './use-backlog.ts';

const series = [
  { name: 'Waiting for inventory', color: 'pending' },
  { name: 'Orders’ outbox', color: 'accent' },
] as const;

/** Keeps orders from reaching inventory for a while: they gather, and drain when it goes on. Nothing is lost. */
export function HoldConsumer() {
  const client = useUncachedClient();
  const { backlog, pending, outbox, pausedUntil, readAt, everyMs, isFailing, readAgain } = useBacklog();
  const [seconds, setSeconds] = useState(20);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const now = useNow();
  const remainingMs = pausedUntil === null ? 0 : new Date(pausedUntil).getTime() - now;
  const isHeld = remainingMs > 0;

  const hold = async (forSeconds: number): Promise<void> => {
    setIsBusy(true);
    const { data, error } = await client.mutation(DemoHoldDocument, { seconds: forSeconds }).toPromise();
    setIsBusy(false);
    const problem = data?.inventoryHoldConsumer.problems[0];
    setFailure(problem?.message ?? (error ? errorText(error) : null));
    if (!problem && !error)
      announce(forSeconds === 0 ? 'Inventory goes on.' : `Inventory is held for ${forSeconds} seconds.`);
    readAgain();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void hold(seconds);
  };
  return (
    <Panel title="Hold inventory’s consumer" aside={<Freshness {...{ readAt, everyMs, isFailing }} />}>
      <p className="mb-4 text-sm text-muted">
        Inventory is told of no order for so long. Orders are placed as before and stay pending; when it goes
        on, it catches up.
      </p>
      <form onSubmit={submit} className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <NumberField
          label="Seconds"
          className="w-28"
          min={5}
          max={120}
          value={seconds}
          onChange={setSeconds}
        />
        <div className="flex flex-wrap items-center gap-2 pt-6">
          <Button type="submit" isBusy={isBusy}>
            {isHeld ? 'Hold anew' : 'Hold'}
          </Button>
          <Button onClick={() => void hold(0)} disabled={!isHeld || isBusy}>
            Go on now
          </Button>
        </div>
      </form>
      <p className={`min-h-5 text-sm ${isHeld ? 'text-pending' : 'text-muted'}`}>
        {isHeld
          ? `Held: goes on by itself in ${formatSeconds(Math.ceil(remainingMs / 1_000) * 1_000)}.`
          : readAt === null
            ? ''
            : 'Not held.'}
      </p>
      <p role={failure === null ? undefined : 'alert'} className="mb-4 min-h-5 text-sm text-rejected">
        {failure}
      </p>
      <dl className="mb-2 flex flex-wrap gap-x-8 gap-y-2">
        <Reading name="Waiting for inventory" count={pending} dot="bg-pending" />
        <Reading name="Orders’ outbox" count={outbox} dot="bg-accent" />
      </dl>
      <LineChart
        label="Facts that wait for inventory’s consumer, and orders’ outbox, over the last minutes"
        series={series}
        seconds={backlog.seconds}
        columns={[backlog.pending, backlog.outbox]}
        height={240}
        format={formatWhole}
      />
    </Panel>
  );
}

/** Between whole facts there is nothing to write. */
const formatWhole = (count: number): string => (Number.isInteger(count) ? formatCount(count) : '');

interface ReadingProps {
  readonly name: string;
  readonly count: number | null;
  readonly dot: string;
}

const Reading = ({ name, count, dot }: ReadingProps) => (
  <div>
    <dt className="flex items-center gap-2 text-xs text-muted">
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      {name}
    </dt>
    <dd className="text-lg font-semibold">{count === null ? '–' : formatCount(count)}</dd>
  </div>
);
