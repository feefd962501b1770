import { memo, type ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { shortId } from '../../ui/copyable.tsx';
import { Age, Instant, Money } from '../../ui/figures.tsx';
import { OrderStatusBadge } from '../../ui/order-status.tsx';
import { Skeleton } from '../../ui/states.tsx';
import type { OrderRow } from './order-row.ts';

export const rowHeight = 40;

const columns =
  'grid items-center gap-x-3 px-4 grid-cols-[5.5rem_minmax(0,1fr)_6.5rem] ' +
  'sm:grid-cols-[5.5rem_7rem_minmax(0,1fr)_6.5rem_9rem] ' +
  'lg:grid-cols-[5.5rem_7rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.2fr)_7rem_9rem_5.5rem_2rem]';
const fromSmall = 'hidden sm:block';
const fromLarge = 'hidden lg:block';

const headings: readonly { readonly name: string; readonly className?: string }[] = [
  { name: 'Status' },
  { name: 'Order' },
  { name: 'Reference', className: fromLarge },
  { name: 'Customer', className: fromSmall },
  { name: 'Destination', className: fromLarge },
  { name: 'Total', className: 'text-right' },
  { name: 'Placed', className: `${fromSmall} text-right` },
  { name: 'Changed', className: `${fromLarge} text-right` },
  { name: 'Ver', className: `${fromLarge} text-right` },
];

export const OrderTableHead = () => (
  <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
    <div
      role="row"
      aria-rowindex={1}
      className={classes(columns, 'h-9 border-b border-line text-xs text-muted')}
    >
      {headings.map(({ name, className }) => (
        <div key={name} role="columnheader" className={className}>
          {name === 'Ver' ? (
            <abbr title="Version" className="no-underline">
              {name}
            </abbr>
          ) : (
            name
          )}
        </div>
      ))}
    </div>
  </div>
);

interface OrderTableRowProps {
  /** Null while it is read. */
  readonly row: OrderRow | null;
  readonly index: number;
  /** Whether it came or changed just now. */
  readonly isMarked: boolean;
  /** Whether the tabulator key leads to it: of all rows to one. */
  readonly isTabStop: boolean;
}

/** One order at its place in the table. Kept as it is while nothing of it changes: there are hundreds of changes a second. */
export const OrderTableRow = memo(function OrderTableRow({ row, index, ...look }: OrderTableRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={classes(
        columns,
        'absolute inset-x-0 top-0 h-10 border-b border-line/60 text-sm contain-strict hover:bg-sunken',
      )}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
    >
      {row === null ? <Unread /> : <Cells row={row} {...look} />}
    </div>
  );
});

interface CellsProps extends Omit<OrderTableRowProps, 'row' | 'index'> {
  readonly row: OrderRow;
}

function Cells({ row, isMarked, isTabStop }: CellsProps) {
  return (
    <>
      <Cell>
        {isMarked && (
          <span
            key={row.markedAt}
            aria-hidden
            className="pointer-events-none absolute inset-0 -z-10 animate-mark"
          />
        )}
        <span className="relative">
          <OrderStatusBadge status={row.status} />
        </span>
      </Cell>
      <Cell>
        <a
          href={`/console/orders/${row.id}`}
          tabIndex={isTabStop ? 0 : -1}
          title={row.id}
          className="relative inline-flex min-h-8 items-center rounded-sm font-mono text-xs text-accent hover:underline"
        >
          {shortId(row.id)}
        </a>
      </Cell>
      <Cell className={`${fromLarge} truncate`}>
        {row.reference ?? <span className="text-muted">—</span>}
      </Cell>
      <Cell className={`${fromSmall} truncate`}>{row.customerId}</Cell>
      <Cell className={`${fromLarge} truncate`}>{row.place}</Cell>
      <Cell className="text-right whitespace-nowrap">
        <Money of={row.total} />
      </Cell>
      <Cell className={`${fromSmall} text-right text-xs text-muted`}>
        <Instant at={row.placedAt} look={isToday(row.placedAtMs) ? 'time' : 'date-time'} />
      </Cell>
      <Cell className={`${fromLarge} text-right text-xs whitespace-nowrap text-muted`}>
        <Age since={row.updatedAt} />
      </Cell>
      <Cell className={`${fromLarge} text-right text-muted`}>{row.version}</Cell>
    </>
  );
}

const Cell = ({ className, children }: { readonly className?: string; readonly children: ReactNode }) => (
  <div role="cell" className={className}>
    {children}
  </div>
);

const Unread = () => (
  <div role="cell" className="col-span-full">
    <Skeleton className="h-4 w-full" />
    <span className="sr-only">This order is being read</span>
  </div>
);

const isToday = (ms: number): boolean => ms >= new Date().setHours(0, 0, 0, 0);
