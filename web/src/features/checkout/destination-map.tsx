import { useMemo } from 'react';
import { destinationName, precisionWords } from '../destination/destination-words.ts';
import { WorldMapOnDemand } from '../map/map.tsx';
import type { MapPlace } from '../map/world-map.tsx';
import type { FoundDestination } from './use-found-destination.ts';

/** Where the destination lies, and how that was found. */
export function DestinationMap({ found }: { readonly found: FoundDestination }) {
  const { destination, isCurrent, isAway, problems } = found;
  const name = destination && destinationName(destination);
  const places = useMemo(
    (): readonly MapPlace[] =>
      destination === null || name === null
        ? []
        : [{ ...destination, id: 'destination', kind: 'destination', name: destination.city ?? name }],
    [destination, name],
  );
  return (
    <figure>
      <WorldMapOnDemand
        className="h-48 rounded-md"
        label={name === null ? 'Map of the world' : `Map: ${name}`}
        places={places}
        extent="places"
      />
      <figcaption className="mt-2 min-h-5 text-sm text-muted" aria-live="polite">
        {isAway
          ? 'Where it lies cannot be shown just now. It may be ordered all the same.'
          : !isCurrent
            ? 'Finding it …'
            : destination !== null
              ? `${name}: ${precisionWords[destination.precision]}`
              : problems.length > 0 && 'It was not found: see above.'}
      </figcaption>
    </figure>
  );
}
