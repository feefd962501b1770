import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { Cell, Column, Columns, Table } from '../../ui/table.tsx';
import { levelKey, type Levels } from '../inventory/levels.ts';
import { zoneName } from '../inventory/words.ts';
import { FacilityStockDocument, type FacilityStockQuery } from './facility.generated.ts';

type StockNode = NonNullable<FacilityStockQuery['facility']>['stock']['edges'][number]['node'];

const PAGE_LENGTH = 50;

interface FacilityStockProps {
  readonly facilityId: string;
  /** Newer readings of its levels. */
  readonly heard: Levels;
}

/** What a facility holds, by SKU and zone, page by page; each level as it was heard last. */
export function FacilityStock({ facilityId, heard }: FacilityStockProps) {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, ask] = useQuery({
    query: FacilityStockDocument,
    variables: { id: facilityId, first: PAGE_LENGTH, after },
    requestPolicy: 'cache-and-network',
  });
  const stock = data?.facility?.stock;
  if (!stock) {
    if (error) {
      return (
        <ErrorState
          what="Its stock could not be read"
          error={error}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
        />
      );
    }
    return (
      <Loading what="its stock">
        <Skeleton className="m-4 h-72" />
      </Loading>
    );
  }
  if (stock.edges.length === 0) {
    return (
      <EmptyState title="Nothing has been here yet">Stock is received on the page of its SKU.</EmptyState>
    );
  }
  const levels = stock.edges.map(({ node }) => newest(node, facilityId, heard));
  const scale = Math.max(...levels.map(({ onHand }) => onHand));
  return (
    <>
      <Table caption="Levels by SKU and zone">
        <Columns>
          <Column>Product</Column>
          <Column from="md" className="w-24">
            Zone
          </Column>
          <Column from="sm" isSpoken className="w-1/4">
            Bar
          </Column>
          <Column from="sm" isNumber className="w-28">
            On hand
          </Column>
          <Column from="md" isNumber className="w-28">
            Reserved
          </Column>
          <Column isNumber className="w-28">
            Available
          </Column>
        </Columns>
        <tbody className="divide-y divide-line">
          {levels.map((level) => (
            <StockRow key={`${level.product.sku} ${level.zone}`} level={level} scale={scale} />
          ))}
        </tbody>
      </Table>
      <LoadMore
        hasMore={stock.pageInfo.hasNextPage}
        isBusy={fetching}
        onMore={() => setAfter(stock.pageInfo.endCursor)}
        error={error}
      />
    </>
  );
}

function newest(level: StockNode, facilityId: string, heard: Levels): StockNode {
  const last = heard.get(levelKey({ sku: level.product.sku, facilityId, zone: level.zone }));
  return last && last.version > level.version ? { ...level, ...last } : level;
}

function StockRow({
  level: { product, zone, onHand, reserved },
  scale,
}: {
  readonly level: StockNode;
  readonly scale: number;
}) {
  const bar = <StockBar onHand={onHand} reserved={reserved} scale={scale} />;
  return (
    <tr className="relative hover:bg-sunken">
      <Cell>
        <Link
          to="/console/inventory/$sku"
          params={{ sku: product.sku }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {product.name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">
          {product.sku}
          <span className="font-sans md:hidden">, {zoneName(zone)}</span>
        </span>
        <div className="mt-1 sm:hidden">{bar}</div>
      </Cell>
      <Cell from="md" className="text-muted">
        {zoneName(zone)}
      </Cell>
      <Cell from="sm">{bar}</Cell>
      <Cell from="sm" isNumber>
        <ChangingCount count={onHand} />
      </Cell>
      <Cell from="md" isNumber>
        <ChangingCount count={reserved} />
      </Cell>
      <Cell isNumber className="font-medium">
        <ChangingCount count={onHand - reserved} />
      </Cell>
    </tr>
  );
}
