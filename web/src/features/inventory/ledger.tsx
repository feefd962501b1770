import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useNewestFirst, type NewestFirstList } from '../../graphql/use-newest-first.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { Column, Columns, Table } from '../../ui/table.tsx';
import { LedgerDocument } from './ledger.generated.ts';
import { MovementRow, type MovementEdge } from './ledger-row.tsx';

/** Every change of the levels of a SKU or of a facility, newest first. */
export const useLedger = (of: {
  readonly sku?: string;
  readonly facilityId?: string;
}): NewestFirstList<MovementEdge> =>
  useNewestFirst({
    document: LedgerDocument,
    variablesOf: (page) => ({ sku: of.sku ?? null, facilityId: of.facilityId ?? null, ...page }),
    connectionOf: ({ stockMovements }) => stockMovements,
    idOf: ({ node }) => node.id,
  });

interface LedgerProps {
  readonly ledger: NewestFirstList<MovementEdge>;
  /** What is the same in every row is left out; each row says the other. */
  readonly by: 'facility' | 'sku';
  readonly nameOf: (facilityId: string) => string;
}

export function Ledger({
  ledger: { list, error, isReadingMore, readMore, readTop },
  by,
  nameOf,
}: LedgerProps) {
  const [openedAt] = useState(() => Date.now());
  if (list === null) {
    if (error) return <ErrorState what="The ledger could not be read" error={error} onRetry={readTop} />;
    return (
      <Loading what="the ledger">
        <div className="flex flex-col gap-4 p-4">
          {Array.from({ length: 8 }, (_, place) => (
            <Skeleton key={place} className="h-9" />
          ))}
        </div>
      </Loading>
    );
  }
  if (list.edges.length === 0) {
    return (
      <EmptyState icon={ScrollText} title="Nothing has moved yet">
        Every change of its stock will stand here, for good.
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Stock movements, newest first">
        <Columns>
          <Column>What</Column>
          <Column from="md" className="w-36">
            Why
          </Column>
          <Column from="sm" isNumber className="w-28 whitespace-nowrap">
            On hand after
          </Column>
          <Column isNumber className="w-32 whitespace-nowrap">
            <span className="sm:hidden">After</span>
            <span className="hidden sm:inline">Reserved after</span>
          </Column>
          <Column from="lg" isNumber className="w-28">
            When
          </Column>
        </Columns>
        <tbody className="divide-y divide-line">
          {list.edges.map(({ node }) => (
            <MovementRow
              key={node.id}
              movement={node}
              place={by === 'facility' ? nameOf(node.facilityId) : node.sku}
              by={by}
              isNew={new Date(node.occurredAt).getTime() > openedAt}
            />
          ))}
        </tbody>
      </Table>
      <LoadMore hasMore={list.hasMore} isBusy={isReadingMore} onMore={readMore} error={error} />
    </>
  );
}
