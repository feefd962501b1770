import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { classes } from '../../ui/classes.ts';
import { formatCount } from '../../ui/figures.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { statusDots, statusName } from '../../ui/order-status.tsx';
import { orderStatuses } from '../../ui/order-statuses.ts';
import { totalsEveryMs, useOrderTotals } from './use-order-totals.ts';

interface StatusFilterProps {
  /** None stands for all. */
  readonly chosen: readonly OrderStatus[];
  readonly onChoose: (statuses: readonly OrderStatus[]) => void;
}

/** How many orders there are in each state; pressing some shows only those. */
export function StatusFilter({ chosen, onChoose }: StatusFilterProps) {
  const { counts, readAt, isFailing } = useOrderTotals();
  const toggle = (status: OrderStatus): void =>
    onChoose(chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status]);
  return (
    <section aria-labelledby="totals">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="totals" className="text-sm">
          By state
        </h2>
        <Freshness readAt={readAt} everyMs={totalsEveryMs} isFailing={isFailing} />
      </div>
      <div
        role="group"
        aria-label="Show only orders in these states"
        className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-6"
      >
        {orderStatuses.map((status) => (
          <button
            key={status}
            type="button"
            aria-pressed={chosen.includes(status)}
            onClick={() => toggle(status)}
            className={classes(
              'flex min-h-16 min-w-0 flex-col items-start justify-center rounded-md border px-4 py-2 text-left transition-colors',
              chosen.includes(status)
                ? 'border-accent bg-accent-soft'
                : 'border-line bg-surface hover:bg-sunken',
            )}
          >
            <span className="flex items-center gap-2 text-xs text-muted">
              <span aria-hidden className={`size-2 rounded-full ${statusDots[status]}`} />
              {statusName(status)}
            </span>
            <span className="text-lg">
              {counts === null ? <span className="text-muted">…</span> : formatCount(counts.get(status) ?? 0)}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
