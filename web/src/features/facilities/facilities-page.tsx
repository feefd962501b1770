import { Link, useNavigate } from '@tanstack/react-router';
import { Warehouse } from 'lucide-react';
import { useMemo } from 'react';
import { usePolled } from '../../graphql/use-polled.ts';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { formatKilometres } from '../../ui/figures.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { StockBar, StockLegend } from '../../ui/stock-bar.tsx';
import { Cell, Column, Columns, Table } from '../../ui/table.tsx';
import { WorldMapOnDemand } from '../map/map.tsx';
import { Content } from '../shell/shell.tsx';
import { countryName } from './country-name.ts';
import { FacilitiesDocument, type FacilitiesQuery } from './facilities.generated.ts';
import { facilityPlaces } from './map-places.ts';

const READ_EVERY_MS = 5_000;

type FacilityNode = NonNullable<FacilitiesQuery['facilities']>[number];

/** Where stock lies in the world, and how much. */
export function FacilitiesPage() {
  const { data, error, readAt, everyMs, readAgain } = usePolled(FacilitiesDocument, {}, READ_EVERY_MS);
  const navigate = useNavigate();
  const facilities = data?.facilities ?? null;
  const places = useMemo(() => facilityPlaces(facilities ?? []), [facilities]);
  const choose = (facilityId: string): void =>
    void navigate({ to: '/console/facilities/$facilityId', params: { facilityId } });
  return (
    <Content>
      <PageTitle
        title="Facilities"
        lead="Every place that holds stock. A mark's area shows its units on hand."
      >
        <Freshness {...{ readAt, everyMs }} isFailing={error !== null} />
      </PageTitle>
      <Panel isFlush className="mb-6">
        <WorldMapOnDemand
          className="aspect-2/1 max-h-[28rem] min-h-48"
          label={`A map of the world with ${places.length} facilities; the table below lists them`}
          places={places}
          extent="world"
          onChoose={choose}
        />
      </Panel>
      <Panel isFlush title={<StockLegend />}>
        {facilities === null ? (
          error ? (
            <ErrorState what="The facilities could not be read" error={error} onRetry={readAgain} />
          ) : (
            <Loading what="the facilities">
              <Skeleton className="m-4 h-72" />
            </Loading>
          )
        ) : facilities.length === 0 ? (
          <EmptyState icon={Warehouse} title="There is no facility yet">
            They appear here when a catalogue with stock is loaded.
          </EmptyState>
        ) : (
          <Facilities facilities={facilities} />
        )}
      </Panel>
    </Content>
  );
}

function Facilities({ facilities }: { readonly facilities: readonly FacilityNode[] }) {
  const scale = Math.max(...facilities.map(({ totals }) => totals.onHand));
  return (
    <Table caption="Facilities with their stock" isRoomy>
      <Columns>
        <Column>Facility</Column>
        <Column from="lg" className="w-56">
          Nearest airport
        </Column>
        <Column from="sm" isSpoken className="w-1/4">
          Bar
        </Column>
        <Column from="md" isNumber className="w-28">
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
        {facilities.map((facility) => (
          <FacilityRow key={facility.id} facility={facility} scale={scale} />
        ))}
      </tbody>
    </Table>
  );
}

function FacilityRow({ facility, scale }: { readonly facility: FacilityNode; readonly scale: number }) {
  const { id, name, country, nearestAirport, totals } = facility;
  const bar = <StockBar onHand={totals.onHand} reserved={totals.reserved} scale={scale} />;
  return (
    <tr className="relative hover:bg-sunken">
      <Cell>
        <Link
          to="/console/facilities/$facilityId"
          params={{ facilityId: id }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {name}
        </Link>
        <span className="block truncate text-xs text-muted">{countryName(country)}</span>
        <div className="mt-2 sm:hidden">{bar}</div>
      </Cell>
      <Cell from="lg">
        <span className="block truncate" title={nearestAirport.name}>
          {nearestAirport.name}
        </span>
        <span className="block text-xs text-muted">
          {nearestAirport.iata}, {formatKilometres(nearestAirport.distanceKm)}
        </span>
      </Cell>
      <Cell from="sm">{bar}</Cell>
      <Cell from="md" isNumber>
        <ChangingCount count={totals.onHand} />
      </Cell>
      <Cell from="md" isNumber>
        <ChangingCount count={totals.reserved} />
      </Cell>
      <Cell isNumber className="font-medium">
        <ChangingCount count={totals.available} />
      </Cell>
    </tr>
  );
}
