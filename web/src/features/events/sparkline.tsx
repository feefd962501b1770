import { linePath, type Readings } from './readings.ts';

const size = { width: 72, height: 20 };

/** The latest readings of a number as a small line; its place is kept while there is nothing to draw. */
export function Sparkline({ readings, most }: { readonly readings: Readings; readonly most: number }) {
  const path = linePath(readings, most, size);
  return (
    <svg aria-hidden {...size} className="mb-2 shrink-0">
      <path d={`M0 ${size.height - 1}H${size.width}`} className="stroke-line" />
      {path !== null && <path d={path} className="fill-none stroke-accent" strokeWidth={1.5} />}
    </svg>
  );
}
