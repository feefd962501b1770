import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CopyButton } from '../../ui/copyable.tsx';
import { Money } from '../../ui/figures.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { Segments } from '../../ui/segments.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { StockLegend } from '../../ui/stock-bar.tsx';
import { ReservationList } from '../reservations/reservation-list.tsx';
import { Content } from '../shell/shell.tsx';
import { ChangeStock } from './change-stock.tsx';
import { Ledger, useLedger } from './ledger.tsx';
import { LevelsTable } from './levels-table.tsx';
import { totalOf, withReadings, type Level, type Levels } from './levels.ts';
import { ProductStockDocument, type ProductStockQuery } from './product-stock.generated.ts';
import { StockFigures } from './stock-figures.tsx';
import { useStockChanges } from './use-stock-changes.ts';

/** One SKU: what each facility has of it now, every change there was, and the orders it is promised to. */
export function ProductPage() {
  const { sku } = useParams({ from: '/console/inventory/$sku' });
  const [{ data, error }, ask] = useQuery({
    query: ProductStockDocument,
    variables: { sku },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Content>
      {data?.product ? (
        <ProductStock key={sku} product={data.product} facilities={data.facilities ?? []} />
      ) : error ? (
        <ErrorState
          what="This SKU could not be read"
          error={error}
          onRetry={() => ask({ requestPolicy: 'network-only' })}
        />
      ) : data ? (
        <EmptyState
          title={`There is no SKU ${sku}`}
          action={
            <Link to="/console/inventory" className="text-accent underline">
              To the stock
            </Link>
          }
        />
      ) : (
        <Loading what="the product">
          <Skeleton className="mb-6 h-16 w-80 max-w-full" />
          <Skeleton className="h-96" />
        </Loading>
      )}
    </Content>
  );
}

type View = 'ledger' | 'reservations';

const views: readonly { readonly value: View; readonly name: string }[] = [
  { value: 'ledger', name: 'Ledger' },
  { value: 'reservations', name: 'Reservations' },
];

interface ProductStockProps {
  readonly product: NonNullable<ProductStockQuery['product']>;
  readonly facilities: NonNullable<ProductStockQuery['facilities']>;
}

function ProductStock({ product, facilities }: ProductStockProps) {
  const { sku, name, unitPrice, orderPrice, stock } = product;
  const [view, setView] = useState<View>('ledger');
  const [heard, setHeard] = useState<Levels>(new Map());
  const ledger = useLedger({ sku });
  const hear = (levels: readonly Level[]): void => setHeard((known) => withReadings(known, levels));
  useStockChanges({ sku }, (changed) => {
    hear(changed);
    ledger.readTop();
  });
  const levels = withReadings(
    heard,
    stock.map(({ facility, ...level }) => ({ ...level, sku, facilityId: facility.id })),
  );
  const names = new Map(facilities.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const total = totalOf(levels.values());
  const isPriceBehind = orderPrice !== null && orderPrice.amount !== unitPrice.amount;

  return (
    <>
      <PageTitle
        title={name}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex items-center gap-1 font-mono text-xs">
              {sku}
              <CopyButton text={sku} label="Copy the SKU" />
            </span>
            <Money of={unitPrice} />
            {orderPrice === null && <span>The orders service has not heard of it yet.</span>}
            {isPriceBehind && (
              <span>
                The orders service still charges <Money of={orderPrice} />.
              </span>
            )}
          </span>
        }
      >
        <Liveness />
      </PageTitle>
      <StockFigures of={total} className="mb-8 max-w-2xl" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel isFlush title="By facility and zone" aside={<StockLegend />}>
            <LevelsTable levels={levels.values()} nameOf={nameOf} />
          </Panel>
          <Panel
            isFlush
            title={view === 'ledger' ? 'Ledger, newest first' : 'Reservations'}
            aside={<Segments label="Shown" options={views} value={view} onChange={setView} />}
          >
            {view === 'ledger' ? (
              <Ledger ledger={ledger} by="facility" nameOf={nameOf} />
            ) : (
              <ReservationList sku={sku} />
            )}
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6 lg:sticky lg:top-20 lg:self-start">
          <Panel title="Change the stock">
            {facilities.length === 0 ? (
              <p className="text-sm text-muted">There is no facility yet that could hold it.</p>
            ) : (
              <ChangeStock {...{ sku, facilities }} onChanged={hear} />
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}
