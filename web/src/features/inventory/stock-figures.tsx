import { ChangingCount } from '../../ui/changing-count.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import type { Units } from './levels.ts';

interface StockFiguresProps {
  readonly of: Units;
  readonly className?: string;
}

/** A sum of levels in large live figures, with its bar. */
export const StockFigures = ({ of: { onHand, reserved, available }, className }: StockFiguresProps) => (
  <div className={className}>
    <dl className="mb-2 flex flex-wrap justify-between gap-x-6 gap-y-2">
      <Figure name="On hand" units={onHand} />
      <Figure name="Reserved" units={reserved} />
      <Figure name="Available" units={available} />
    </dl>
    <StockBar onHand={onHand} reserved={reserved} />
  </div>
);

const Figure = ({ name, units }: { readonly name: string; readonly units: number }) => (
  <div className="min-w-20">
    <dt className="text-xs text-muted">{name}</dt>
    <dd className="text-lg font-semibold whitespace-nowrap sm:text-xl">
      <ChangingCount count={units} />
    </dd>
  </div>
);
