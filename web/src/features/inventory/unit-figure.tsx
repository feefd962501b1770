import { ChangingCount } from '../../ui/changing-count.tsx';

/** A live number of units with what it counts, within a list of such. */
export const UnitFigure = ({ name, count }: { readonly name: string; readonly count: number }) => (
  <div className="min-w-24">
    <dt className="text-xs text-muted">{name}</dt>
    <dd className="text-lg font-semibold whitespace-nowrap sm:text-xl">
      <ChangingCount count={count} />
    </dd>
  </div>
);
