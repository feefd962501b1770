import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { usePolled, type Polled } from '../../graphql/use-polled.ts';
import { CopyButton } from '../../ui/copyable.tsx';
import { formatKilometres } from '../../ui/figures.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { Segments } from '../../ui/segments.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { Ledger, useLedger } from '../inventory/ledger.tsx';
import { withReadings, type Levels } from '../inventory/levels.ts';
import { StockFigures } from '../inventory/stock-figures.tsx';
import { useStockChanges } from '../inventory/use-stock-changes.ts';
import { WorldMapOnDemand } from '../map/map.tsx';
import type { MapPlace } from '../map/world-map.tsx';
import { Content } from '../shell/shell.tsx';
import { countryName } from './country-name.ts';
import { FacilityStock } from './facility-stock.tsx';
import { FacilityPageDocument, type FacilityPageQuery } from './facility.generated.ts';

type FacilityNode = NonNullable<FacilityPageQuery['facility']>;
type View = 'stock' | 'ledger';

const READ_EVERY_MS = 5_000;
const views: readonly { readonly value: View; readonly name: string }[] = [
  { value: 'stock', name: 'Stock' },
  { value: 'ledger', name: 'Ledger' },
];

/** One place that holds stock: where it is, what lies in it, and everything that ever moved there. */
export function FacilityPage() {
  const { facilityId } = useParams({ from: '/console/facilities/$facilityId' });
  const polled = usePolled(FacilityPageDocument, { id: facilityId }, READ_EVERY_MS);
  const { data, error, readAgain } = polled;
  return (
    <Content>
      {data?.facility ? (
        <Facility key={facilityId} facility={data.facility} polled={polled} />
      ) : data ? (
        <EmptyState
          title={`There is no facility ${facilityId}`}
          action={
            <Link to="/console/facilities" className="text-accent underline">
              To the facilities
            </Link>
          }
        />
      ) : error ? (
        <ErrorState what="This facility could not be read" error={error} onRetry={readAgain} />
      ) : (
        <Loading what="the facility">
          <Skeleton className="mb-6 h-16 w-80 max-w-full" />
          <Skeleton className="h-96" />
        </Loading>
      )}
    </Content>
  );
}

interface FacilityProps {
  readonly facility: FacilityNode;
  readonly polled: Polled<FacilityPageQuery>;
}

function Facility({ facility, polled }: FacilityProps) {
  const { id, name, country, totals } = facility;
  const [view, setView] = useState<View>('stock');
  const [heard, setHeard] = useState<Levels>(new Map());
  const ledger = useLedger({ facilityId: id });
  useStockChanges({ facilityId: id }, (changed) => {
    setHeard((known) => withReadings(known, changed));
    ledger.readTop();
  });
  return (
    <>
      <PageTitle
        title={name}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex items-center gap-1 font-mono text-xs">
              {id}
              <CopyButton text={id} label="Copy the facility's id" />
            </span>
            <span>{countryName(country)}</span>
          </span>
        }
      >
        <Liveness />
      </PageTitle>
      <div className="mb-6 grid gap-6 lg:grid-cols-2">
        <div>
          <StockFigures of={totals} />
          <Where facility={facility} isStale={polled.error !== null} />
        </div>
        <FacilityMap facility={facility} />
      </div>
      <Panel
        isFlush
        title={view === 'stock' ? 'Stock by SKU and zone' : 'Ledger, newest first'}
        aside={<Segments label="Shown" options={views} value={view} onChange={setView} />}
      >
        {view === 'stock' ? (
          <FacilityStock facilityId={id} heard={heard} />
        ) : (
          <Ledger ledger={ledger} by="sku" nameOf={() => name} />
        )}
      </Panel>
    </>
  );
}

function Where({ facility, isStale }: { readonly facility: FacilityNode; readonly isStale: boolean }) {
  const { nearestAirport: airport, latitude, longitude, totals } = facility;
  return (
    <dl className="mt-6 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
      <dt className="text-muted">Nearest airport</dt>
      <dd>
        {airport.name} ({airport.iata}), {formatKilometres(airport.distanceKm)} away
      </dd>
      <dt className="text-muted">Position</dt>
      <dd>
        {latitude.toFixed(4)}, {longitude.toFixed(4)}
      </dd>
      <dt className="text-muted">Levels</dt>
      <dd>{totals.levels} of a SKU and zone</dd>
      {isStale && <dd className="col-span-2 text-pending">The totals could not be read again just now.</dd>}
    </dl>
  );
}

function FacilityMap({ facility }: { readonly facility: FacilityNode }) {
  const { id, name, latitude, longitude, nearestAirport: airport } = facility;
  // A reading of the totals brings the same place again: the map is drawn anew only for another one.
  const places = useMemo<readonly MapPlace[]>(
    () => [
      { id, name, latitude, longitude, kind: 'facility', radius: 7 },
      {
        id: airport.iata,
        name: airport.iata,
        latitude: airport.latitude,
        longitude: airport.longitude,
        kind: 'airport',
      },
    ],
    [id, name, latitude, longitude, airport.iata, airport.latitude, airport.longitude],
  );
  return (
    <Panel isFlush>
      <WorldMapOnDemand
        className="h-64"
        label={`${name} and its nearest airport, ${airport.name}, ${formatKilometres(airport.distanceKm)} apart`}
        places={places}
        extent="places"
      />
    </Panel>
  );
}
