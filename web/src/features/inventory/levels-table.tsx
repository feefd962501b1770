import { Link } from '@tanstack/react-router';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { Cell, Column, Columns, Table } from '../../ui/table.tsx';
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
    <Table caption="Levels by facility and zone">
      <Columns>
        <Column>Facility</Column>
        <Column from="sm" isSpoken className="w-1/4">
          Bar
        </Column>
        <Column isNumber className="w-24">
          On hand
        </Column>
        <Column from="sm" isNumber className="w-24">
          Reserved
        </Column>
        <Column isNumber className="w-24">
          Available
        </Column>
      </Columns>
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
    </Table>
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
      <Cell>
        <Link
          to="/console/facilities/$facilityId"
          params={{ facilityId }}
          className={`block truncate hover:underline ${isFirst ? 'font-medium' : 'sr-only focus:not-sr-only'}`}
        >
          {name}
        </Link>
        <span className="block text-xs text-muted">{zoneName(zone)}</span>
        <div className="mt-1 sm:hidden">{bar}</div>
      </Cell>
      <Cell from="sm">{bar}</Cell>
      <Cell isNumber>
        <ChangingCount count={onHand} />
      </Cell>
      <Cell from="sm" isNumber>
        <ChangingCount count={reserved} />
      </Cell>
      <Cell isNumber className="font-medium">
        <ChangingCount count={onHand - reserved} />
      </Cell>
    </tr>
  );
}
