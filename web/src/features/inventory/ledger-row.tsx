import { Link } from '@tanstack/react-router';
import { shortId } from '../../ui/copyable.tsx';
import { Day, formatCount, Instant } from '../../ui/figures.tsx';
import { Cell } from '../../ui/table.tsx';
import type { LedgerQuery } from './ledger.generated.ts';
import { movementName, signed, zoneName } from './words.ts';

export type MovementEdge = NonNullable<LedgerQuery['stockMovements']>['edges'][number];
type Movement = MovementEdge['node'];

interface MovementRowProps {
  readonly movement: Movement;
  readonly place: string;
  readonly by: 'facility' | 'sku';
  /** It happened while the page was open. */
  readonly isNew: boolean;
}

/** One change of a level: what it was, why, and how the level stood after it. */
export function MovementRow({ movement, place, by, isNew }: MovementRowProps) {
  const { sku, facilityId, zone, kind, orderId, reason, occurredAt } = movement;
  const placeLook = 'text-muted hover:underline';
  const why = <Why orderId={orderId} reason={reason} />;
  return (
    <tr className={isNew ? 'animate-mark' : undefined}>
      <Cell>
        <span className="block truncate font-medium">{movementName(kind)}</span>
        <span className="block truncate text-xs text-muted">
          {by === 'facility' ? (
            <Link to="/console/facilities/$facilityId" params={{ facilityId }} className={placeLook}>
              {place}
            </Link>
          ) : (
            <Link to="/console/inventory/$sku" params={{ sku }} className={`${placeLook} font-mono`}>
              {place}
            </Link>
          )}
          , {zoneName(zone)}
        </span>
        <span className="block truncate text-xs text-muted lg:hidden">
          <Instant at={occurredAt} />
        </span>
        <div className="text-xs md:hidden">{why}</div>
      </Cell>
      <Cell from="md" className="text-xs">
        {why}
      </Cell>
      <Cell from="sm" isNumber>
        <After change={movement.onHandChange} after={movement.onHandAfter} />
      </Cell>
      <Cell isNumber>
        <span className="sm:hidden">
          <After change={movement.onHandChange} after={movement.onHandAfter} what="on hand" />
        </span>
        <After change={movement.reservedChange} after={movement.reservedAfter} what="reserved" />
      </Cell>
      <Cell from="lg" isNumber className="text-muted">
        <Instant at={occurredAt} look="time" />
        <Day at={occurredAt} />
      </Cell>
    </tr>
  );
}

/** A running total, with the change that led to it. */
const After = ({
  change,
  after,
  what,
}: {
  readonly change: number;
  readonly after: number;
  readonly what?: string;
}) => (
  <span className="block whitespace-nowrap">
    {change !== 0 && (
      <span className={change > 0 ? 'text-reserved' : 'text-rejected'}>{signed(change, formatCount)} </span>
    )}
    <span className={change === 0 ? 'text-muted' : ''}>{formatCount(after)}</span>
    {what !== undefined && <span className="text-xs text-muted sm:hidden"> {what}</span>}
  </span>
);

const Why = ({ orderId, reason }: { readonly orderId: string | null; readonly reason: string | null }) => (
  <>
    {orderId !== null && (
      <Link
        to="/console/orders/$orderId"
        params={{ orderId }}
        title={orderId}
        className="inline-block font-mono whitespace-nowrap text-accent hover:underline"
      >
        {shortId(orderId)}
      </Link>
    )}
    {reason !== null && (
      <span className="block truncate" title={reason}>
        {reason}
      </span>
    )}
  </>
);
