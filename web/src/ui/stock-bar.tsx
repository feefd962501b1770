import { classes } from './classes.ts';
import { formatCount } from './figures.tsx';

interface StockBarProps {
  readonly onHand: number;
  readonly reserved: number;
  /** Units that fill the whole width, so that bars beside each other compare; on hand when left out. */
  readonly scale?: number;
  readonly className?: string;
}

/** On hand as one bar: what is reserved of it, and what is available. */
export function StockBar({ onHand, reserved, scale = onHand, className }: StockBarProps) {
  const share = (units: number): string => `${scale === 0 ? 0 : Math.min(100, (units / scale) * 100)}%`;
  const available = onHand - reserved;
  return (
    <div
      role="img"
      aria-label={`${formatCount(onHand)} on hand: ${formatCount(reserved)} reserved, ${formatCount(available)} available`}
      className={classes('flex h-2 w-full overflow-hidden rounded-full bg-sunken', className)}
    >
      <div className="bg-pending transition-[width] duration-300" style={{ width: share(reserved) }} />
      <div className="bg-accent transition-[width] duration-300" style={{ width: share(available) }} />
    </div>
  );
}

/** What the colours of the bars mean. */
export const StockLegend = () => (
  <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs font-normal text-muted">
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="size-2 rounded-full bg-pending" />
      Reserved
    </span>
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="size-2 rounded-full bg-accent" />
      Available
    </span>
  </span>
);
