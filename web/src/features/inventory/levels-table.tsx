import { Link } from '@tanstack/react-router';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { inPickingOrder, levelKey, type Level } from './levels.ts';
import { zoneName } from './words.ts';

interface LevelsTableProps {
  readonly levels: Iterable<Level>;
  readonly nameOf: (facilityId: string) => string;
}

/** What each facility has of a SKU, PRIMARY before BACK, with bars on one scale. */
export function LevelsTable({ levels, nameOf }: LevelsTableProps) {
  const rows = inPickingOrder(levels);
  const scale = rows.reduce((most, { onHand }) => Math.max(most, onHand), 0);
  if (rows.length === 0) {
    return (
      <EmptyState title="No facility has had this SKU yet">Receive some, and it can be promised.</EmptyState>
    );
  }
  return (
    <table className="w-full table-fixed text-left text-sm">
      <caption className="sr-only">Levels by facility and zone</caption>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="px-4 py-2 font-medium">
            Facility
          </th>
          <th scope="col" className="hidden w-1/4 px-4 py-2 font-medium sm:table-cell">
            <span className="sr-only">Bar</span>
          </th>
          <th scope="col" className="w-24 px-4 py-2 text-right font-medium">
            On hand
          </th>
          <th scope="col" className="hidden w-24 px-4 py-2 text-right font-medium sm:table-cell">
            Reserved
          </th>
          <th scope="col" className="w-24 px-4 py-2 text-right font-medium">
            Available
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map((level, place) => (
          <LevelRow
            key={levelKey(level)}
            level={level}
            scale={scale}
            name={nameOf(level.facilityId)}
            isFirst={rows[place - 1]?.facilityId !== level.facilityId}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LevelRowProps {
  readonly level: Level;
  readonly scale: number;
  readonly name: string;
  /** Of its facility, whose name only the first one shows to who sees the others below it. */
  readonly isFirst: boolean;
}

function LevelRow({ level: { facilityId, zone, onHand, reserved }, scale, name, isFirst }: LevelRowProps) {
  const bar = <StockBar onHand={onHand} reserved={reserved} scale={scale} />;
  return (
    <tr>
      <td className="px-4 py-2">
        <Link
          to="/console/facilities/$facilityId"
          params={{ facilityId }}
          className={`block truncate hover:underline ${isFirst ? 'font-medium' : 'sr-only focus:not-sr-only'}`}
        >
          {name}
        </Link>
        <span className="block text-xs text-muted">{zoneName(zone)}</span>
        <div className="mt-1 sm:hidden">{bar}</div>
      </td>
      <td className="hidden px-4 py-2 sm:table-cell">{bar}</td>
      <td className="px-4 py-2 text-right">
        <ChangingCount count={onHand} />
      </td>
      <td className="hidden px-4 py-2 text-right sm:table-cell">
        <ChangingCount count={reserved} />
      </td>
      <td className="px-4 py-2 text-right font-medium">
        <ChangingCount count={onHand - reserved} />
      </td>
    </tr>
  );
}
