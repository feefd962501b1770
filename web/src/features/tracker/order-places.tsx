import { useMemo } from 'react';
import { classes } from '../../ui/classes.ts';
import { formatCount } from '../../ui/figures.tsx';
import { destinationName } from '../destination/destination-words.ts';
import { WorldMapOnDemand } from '../map/map.tsx';
import { orderOnMap, sharesByFacility } from './order-map.ts';
import type { TrackedOrder } from './use-tracked-order.ts';

/** A map of where an order goes, and once stock is tied from which facilities. Give it a height. */
export function OrderPlaces({
  order,
  className,
}: {
  readonly order: TrackedOrder;
  readonly className: string;
}) {
  const { destination, reservation } = order;
  const { places, arcs } = useMemo(
    () => orderOnMap({ destination, reservation }),
    [destination, reservation],
  );
  return (
    <WorldMapOnDemand
      className={className}
      label={mapLabel(order)}
      places={places}
      arcs={arcs}
      extent="places"
    />
  );
}

function mapLabel({ destination, reservation }: TrackedOrder): string {
  const goal = destinationName(destination);
  if (reservation === null) return `Map: the order goes to ${goal}`;
  const names = sharesByFacility(reservation.allocations).map(({ facility }) => facility.name);
  return `Map: from ${names.join(', ')} to ${goal}`;
}

/** How many units of what are tied at which facility, and in which zone. */
export function OrderAllocations({ order }: { readonly order: TrackedOrder }) {
  if (order.reservation === null) return null;
  const isFreed = order.reservation.status !== 'HELD' && order.reservation.status !== 'SHIPPED';
  return (
    <ul className="flex flex-col gap-6">
      {sharesByFacility(order.reservation.allocations).map(({ facility, units, allocations }) => (
        <li key={facility.id} className={classes(isFreed && 'text-muted')}>
          <div className="mb-1 flex items-baseline justify-between gap-4">
            <h3 className="text-base">{facility.name}</h3>
            <span className="text-sm whitespace-nowrap">
              {formatCount(units)} {units === 1 ? 'unit' : 'units'}
            </span>
          </div>
          <ul className="text-sm">
            {allocations.map(({ product, zone, quantity }) => (
              <li
                key={`${product.sku} ${zone}`}
                className="grid grid-cols-[minmax(0,1fr)_auto_4rem] gap-4 border-t border-line py-1.5"
              >
                <span>{product.name}</span>
                <span className="text-muted">{zone === 'PRIMARY' ? 'primary zone' : 'back zone'}</span>
                <span className="text-right">{formatCount(quantity)}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
