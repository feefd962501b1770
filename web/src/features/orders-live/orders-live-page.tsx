import { getRouteApi, Link } from '@tanstack/react-router';
import { Filter, Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { OrderFilter } from '../../graphql/schema.generated.ts';
import { announce } from '../../ui/announcer.tsx';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { formatCount } from '../../ui/figures.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { Content } from '../shell/shell.tsx';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { LiveCharts } from './live-charts.tsx';
import { OrderFeed } from './order-feed.ts';
import { OrderTableStore } from './order-table-store.ts';
import { OrdersFilter } from './orders-filter.tsx';
import { filterOf, parseOrdersSearch, type OrdersSearch } from './orders-search.ts';
import { OrdersTable } from './orders-table.tsx';
import { ordersReader } from './read-orders.ts';
import { StatusFilter } from './status-filter.tsx';

const route = getRouteApi('/console/orders');

/** All orders as they are placed and change: how many, how fast, and which. */
export function OrdersLivePage() {
  const client = useUncachedClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [feed] = useState(() => new OrderFeed(client));
  useEffect(() => feed.open(), [feed]);
  const change = (changes: OrdersSearch): void =>
    void navigate({ search: (before) => parseOrdersSearch({ ...before, ...changes }), replace: true });
  const clear = (): void => void navigate({ search: {}, replace: true });

  return (
    <Content width="full">
      <PageTitle title="Orders" lead="Every order, newest first, as it is placed and changes.">
        <Liveness />
      </PageTitle>
      <div className="flex flex-col gap-6">
        <StatusFilter chosen={search.statuses ?? []} onChoose={(statuses) => change({ statuses })} />
        <LiveCharts feed={feed} />
        <Orders {...{ feed, search, change, clear }} />
      </div>
    </Content>
  );
}

interface OrdersProps {
  readonly feed: OrderFeed;
  readonly search: OrdersSearch;
  readonly change: (changes: OrdersSearch) => void;
  readonly clear: () => void;
}

function Orders({ feed, search, change, clear }: OrdersProps) {
  const { store, key } = useStore(feed, search);
  const view = useSyncExternalStore(store.subscribe, store.getSnapshot);
  const narrowing = Object.keys(search).filter((name) => name !== 'statuses').length;
  const isNarrowed = narrowing > 0 || search.statuses !== undefined;
  const [isFilterShown, setIsFilterShown] = useState(narrowing > 0);

  return (
    <Panel
      isFlush
      title={isNarrowed ? 'Chosen orders' : 'All orders'}
      aside={
        <>
          {view.heldBack !== null && (
            <span className="text-xs">
              {view.heldBack === 1 ? '1 new change' : `${formatCount(view.heldBack)} new changes`}
            </span>
          )}
          {isNarrowed && !isFilterShown && (
            <Button size="sm" look="quiet" onClick={clear}>
              Show all
            </Button>
          )}
          <Button
            size="sm"
            icon={<Filter aria-hidden size={14} />}
            aria-expanded={isFilterShown}
            onClick={() => setIsFilterShown(!isFilterShown)}
          >
            Filter{narrowing > 0 && ` (${narrowing})`}
          </Button>
          <PauseButton store={store} heldBack={view.heldBack} />
        </>
      }
    >
      {isFilterShown && <OrdersFilter search={search} onChange={change} onClear={clear} />}
      {view.error !== null && view.count === 0 ? (
        <ErrorState what="The orders could not be read" error={view.error} onRetry={() => store.refresh()} />
      ) : (
        <OrdersTable
          key={key}
          store={store}
          view={view}
          empty={isNarrowed ? <NoneChosen onClear={clear} /> : <NoneYet />}
        />
      )}
    </Panel>
  );
}

/** A store for each filter, which is told of every change as long as it is shown. */
function useStore(feed: OrderFeed, search: OrdersSearch): { store: OrderTableStore; key: string } {
  const client = useUncachedClient();
  const key = JSON.stringify(filterOf(search));
  const store = useMemo(() => {
    const filter = JSON.parse(key) as OrderFilter;
    return new OrderTableStore(ordersReader(client, filter), filter);
  }, [client, key]);
  useEffect(() => {
    const close = store.open();
    const leave = feed.listen({ onChange: (each) => store.apply(each), onGap: () => store.refresh() });
    return () => {
      leave();
      close();
    };
  }, [store, feed]);
  return { store, key };
}

/** Holds the table still; what it misses meanwhile is counted. */
function PauseButton({
  store,
  heldBack,
}: {
  readonly store: OrderTableStore;
  readonly heldBack: number | null;
}) {
  const isPaused = heldBack !== null;
  const toggle = (): void => {
    if (isPaused) store.resume();
    else store.pause();
    announce(isPaused ? 'The table is live again' : 'The table is paused');
  };
  return (
    <Button
      size="sm"
      look={isPaused ? 'primary' : 'secondary'}
      icon={isPaused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
      className="min-w-24"
      onClick={toggle}
    >
      {isPaused ? 'Resume' : 'Pause'}
    </Button>
  );
}

const NoneYet = () => (
  <EmptyState
    title="No orders yet"
    action={
      <span className="flex flex-wrap justify-center gap-2">
        <Link to="/" className={buttonClasses('primary')}>
          To the shop
        </Link>
        <Link to="/console/demo" className={buttonClasses()}>
          To the demo panel
        </Link>
      </span>
    }
  >
    Place one in the shop, or let the demo panel place many.
  </EmptyState>
);

const NoneChosen = ({ onClear }: { readonly onClear: () => void }) => (
  <EmptyState title="No order is like this" action={<Button onClick={onClear}>Show all orders</Button>}>
    Customer and reference have to be whole, and written as in the order.
  </EmptyState>
);
