import { useNavigate, useSearch } from '@tanstack/react-router';
import { PackageSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import { controlClasses } from '../../ui/field.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { StockLegend } from '../../ui/stock-bar.tsx';
import { Column, Columns, Table } from '../../ui/table.tsx';
import { Content } from '../shell/shell.tsx';
import { longestSearch } from './inventory-search.ts';
import { StockGroup } from './stock-group.tsx';
import { useStockList, type StockList } from './use-stock-list.ts';

const SEARCH_AFTER_MS = 200;

/** What there is of each SKU, over all facilities. */
export function InventoryPage() {
  const { q = '' } = useSearch({ from: '/console/inventory' });
  const list = useStockList(q);
  return (
    <Content>
      <PageTitle
        title="Stock"
        lead="Units of each SKU over all facilities: on hand, and what of it is promised."
      >
        <Search of={q} />
      </PageTitle>
      <Panel isFlush title={<StockLegend />} aside={<Liveness />}>
        <Products {...{ list }} />
      </Panel>
    </Content>
  );
}

/** Writes into the address what it searches for, a moment after the last key. */
function Search({ of }: { readonly of: string }) {
  const navigate = useNavigate({ from: '/console/inventory' });
  const [text, setText] = useState(of);
  useEffect(() => setText(of), [of]);
  useEffect(() => {
    if (text.trim() === of.trim()) return;
    const timer = setTimeout(() => {
      const q = text.trim();
      void navigate({ search: q === '' ? {} : { q }, replace: true });
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, of, navigate]);
  return (
    <input
      type="search"
      aria-label="Search by SKU or name"
      placeholder="SKU or name"
      maxLength={longestSearch}
      className={`${controlClasses} sm:w-72`}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  );
}

function Products({ list }: { readonly list: StockList }) {
  const { search, pages, error, isReading, readMore, readAgain } = list;
  const [first] = pages;
  if (first === undefined && error && !isReading) {
    return <ErrorState what="The stock could not be read" error={error} onRetry={readMore} />;
  }
  if (first?.items.length === 0) {
    return (
      <EmptyState
        icon={PackageSearch}
        title={search === '' ? 'There are no products yet' : `No SKU or name holds “${search}”`}
      >
        {search === ''
          ? 'They appear here when a catalogue is loaded.'
          : 'A search of fewer than three letters or digits finds only how a SKU begins.'}
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Products with their units" isRoomy>
        <Columns>
          <Column>Product</Column>
          <Column from="lg" isNumber className="w-28">
            Price
          </Column>
          <Column from="sm" className="w-1/4">
            Reserved of what is on hand
          </Column>
          <Column from="sm" isNumber className="w-28">
            On hand
          </Column>
          <Column from="sm" isNumber className="w-28">
            Reserved
          </Column>
          <Column isNumber className="w-28">
            Available
          </Column>
        </Columns>
        {pages.map((page) => (
          <StockGroup key={page.after ?? ''} {...{ page, readAgain }} />
        ))}
      </Table>
      {first === undefined ? (
        <Loading what="the stock">
          <div className="flex flex-col gap-5 p-4">
            {Array.from({ length: 12 }, (_, place) => (
              <Skeleton key={place} className="h-11" />
            ))}
          </div>
        </Loading>
      ) : (
        <LoadMore hasMore={pages.at(-1)!.hasMore} isBusy={isReading} onMore={readMore} error={error} />
      )}
    </>
  );
}
