import { Link } from '@tanstack/react-router';
import { ArrowUp, PackageCheck, Plane } from 'lucide-react';
import type { ReservationStatus } from '../../graphql/schema.generated.ts';
import { Button } from '../../ui/button.tsx';
import { shortId } from '../../ui/copyable.tsx';
import { Day, formatCount, Instant } from '../../ui/figures.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { ReservationStatusBadge } from '../../ui/reservation-status.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { Cell, Column, Columns, Table } from '../../ui/table.tsx';
import { unitsOf } from './reserved-units.ts';
import { useReservations, type ReservationEdge } from './use-reservations.ts';

interface ReservationListProps {
  readonly sku?: string | null;
  readonly status?: ReservationStatus | null;
}

/** Reservations, newest decision first. Newer ones wait behind a button, so that nothing moves under the pointer. */
export function ReservationList({ sku = null, status = null }: ReservationListProps) {
  const { list, newer, showNewer, isReadingMore, readMore, moreError, polled } = useReservations(sku, status);
  if (list === null) {
    if (polled.error) {
      return (
        <ErrorState
          what="The reservations could not be read"
          error={polled.error}
          onRetry={polled.readAgain}
        />
      );
    }
    return (
      <Loading what="the reservations">
        <div className="flex flex-col gap-4 p-4">
          {Array.from({ length: 8 }, (_, place) => (
            <Skeleton key={place} className="h-8" />
          ))}
        </div>
      </Loading>
    );
  }
  return (
    <>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 px-4 py-2">
        {newer.count > 0 ? (
          <Button size="sm" icon={<ArrowUp aria-hidden size={14} />} onClick={showNewer}>
            Show {newer.areMore && 'more than '}
            {formatCount(newer.count)} newer
          </Button>
        ) : (
          <span className="text-sm text-muted">Newest decision first</span>
        )}
        <Freshness readAt={polled.readAt} everyMs={polled.everyMs} isFailing={polled.error !== null} />
      </div>
      {list.edges.length === 0 ? (
        <EmptyState icon={PackageCheck} title="There is no such reservation">
          One is made for each order that stock can be tied to.
        </EmptyState>
      ) : (
        <>
          <Rows edges={list.edges} sku={sku} />
          <LoadMore hasMore={list.hasMore} isBusy={isReadingMore} onMore={readMore} error={moreError} />
        </>
      )}
    </>
  );
}

function Rows({ edges, sku }: { readonly edges: readonly ReservationEdge[]; readonly sku: string | null }) {
  return (
    <Table caption="Reservations, newest decision first" className="border-t border-line">
      <Columns>
        <Column>Order</Column>
        <Column className="w-28">Status</Column>
        <Column from="sm" className="w-48">
          Decided
        </Column>
        <Column from="lg" className="w-48">
          Hold ends
        </Column>
        <Column from="md" className="w-40">
          From
        </Column>
        <Column isNumber className="w-24">
          {sku === null ? 'Units' : 'Its units'}
        </Column>
      </Columns>
      <tbody className="divide-y divide-line">
        {edges.map(({ node }) => (
          <Row key={node.order.id} reservation={node} sku={sku} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({
  reservation,
  sku,
}: {
  readonly reservation: ReservationEdge['node'];
  readonly sku: string | null;
}) {
  const { order, status, decidedAt, expiresAt, decision, allocations } = reservation;
  const { units, facilities } = unitsOf(allocations, sku);
  return (
    <tr className="hover:bg-sunken">
      <Cell>
        <Link
          to="/console/orders/$orderId"
          params={{ orderId: order.id }}
          title={order.id}
          className="inline-flex min-h-8 items-center font-mono whitespace-nowrap text-xs text-accent hover:underline"
        >
          <span className="xl:hidden">{shortId(order.id)}</span>
          <span className="hidden xl:inline">{order.id}</span>
        </Link>
        <span className="block text-xs text-muted sm:hidden">
          <Instant at={decidedAt} look="time" />
          <Day at={decidedAt} />
        </span>
      </Cell>
      <Cell>
        <ReservationStatusBadge status={status} />
      </Cell>
      <Cell from="sm" className="text-muted">
        <Instant at={decidedAt} />
      </Cell>
      <Cell from="lg" className="text-muted">
        {expiresAt === null ? 'No end' : <Instant at={expiresAt} />}
      </Cell>
      <Cell from="md">
        <span className="inline-flex items-center gap-2 whitespace-nowrap">
          {facilities} {facilities === 1 ? 'facility' : 'facilities'}
          {decision.international && (
            <span title="International" className="text-muted">
              <Plane aria-label="International" size={14} />
            </span>
          )}
        </span>
      </Cell>
      <Cell isNumber>{formatCount(units)}</Cell>
    </tr>
  );
}
