import { lazy, Suspense } from 'react';
import { classes } from '../../ui/classes.ts';
import type { WorldMapProps } from './world-map.tsx';

const WorldMap = lazy(() => import('./world-map.tsx').then(({ WorldMap }) => ({ default: WorldMap })));

/** A map of the world or of some places, loaded when one is shown first; its place is kept meanwhile. Give it a height. */
export const WorldMapOnDemand = ({ className, ...map }: WorldMapProps & { readonly className: string }) => (
  <div className={classes('relative w-full overflow-hidden bg-sunken', className)}>
    <Suspense fallback={<div aria-busy className="absolute inset-0" />}>
      <WorldMap {...map} />
    </Suspense>
  </div>
);
