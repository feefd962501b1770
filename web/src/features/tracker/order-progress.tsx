import { useEffect, useRef } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { classes } from '../../ui/classes.ts';
import { Age, formatDuration, Instant } from '../../ui/figures.tsx';
import { statusDots, statusMeanings, statusName } from '../../ui/order-status.tsx';
import { timedSteps, type TimedStep } from './order-steps.ts';
import type { OrderStep } from './order-timeline.ts';

const RECENT_MS = 10_000;

/** The steps of an order as they happen, with their exact times and the time between them; new ones are announced. */
export function OrderProgress({ steps }: { readonly steps: readonly OrderStep[] }) {
  const timed = timedSteps(steps);
  const last = timed.at(-1);
  useAnnouncements(last);
  return (
    <ol aria-label="Steps of the order" className="flex flex-col">
      {timed.map((step, place) => (
        <Step
          key={step.version}
          dot={statusDots[step.status]}
          isLast={place === timed.length - 1 && step.status !== 'PENDING'}
          name={stepName(step)}
          note={
            <>
              <Instant at={step.occurredAt} look="exact" />
              {step.afterMs !== null && (
                <span className="font-medium text-ink">+{formatDuration(step.afterMs)}</span>
              )}
            </>
          }
        />
      ))}
      {last?.status === 'PENDING' && (
        <Step
          dot="animate-breathe border-2 border-pending bg-surface"
          isLast
          name="Waiting for its stock"
          note={
            <span>
              for <Age since={last.occurredAt} />
            </span>
          }
        />
      )}
    </ol>
  );
}

interface StepProps {
  readonly dot: string;
  readonly isLast: boolean;
  readonly name: string;
  readonly note: React.ReactNode;
}

const Step = ({ dot, isLast, name, note }: StepProps) => (
  <li className="relative flex animate-appear gap-4 pb-4 last:pb-0">
    {!isLast && <span aria-hidden className="absolute top-4 bottom-0 left-[5px] w-0.5 bg-line" />}
    <span aria-hidden className={classes('mt-1.5 size-3 shrink-0 rounded-full', dot)} />
    <div className="min-w-0">
      <p className="font-medium">{name}</p>
      <p className="flex flex-wrap gap-x-3 text-sm text-muted">{note}</p>
    </div>
  </li>
);

/** The first state is the placing itself. */
function stepName({ status, isConfirmation }: TimedStep): string {
  if (isConfirmation) return 'Confirmed';
  return status === 'PENDING' ? 'Placed' : statusName(status);
}

/** Says what is new since the page was opened, and what happened just before that, such as the answer to an order that was just placed. */
function useAnnouncements(last: TimedStep | undefined): void {
  const announced = useRef<number | null>(null);
  useEffect(() => {
    if (last === undefined || last.version === announced.current) return;
    const isNews =
      announced.current === null
        ? Date.now() - Date.parse(last.occurredAt) < RECENT_MS
        : last.version > announced.current;
    announced.current = last.version;
    if (!isNews) return;
    const after = last.afterMs === null ? '' : ` after ${formatDuration(last.afterMs)}`;
    const state = last.isConfirmation ? 'confirmed' : statusName(last.status);
    announce(`The order is ${state}${after}. ${statusMeanings[last.status]}`);
  }, [last]);
}
