import type { FeatureCollection, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarseUrl from 'world-atlas/countries-110m.json?url';
import fineUrl from 'world-atlas/countries-50m.json?url';

/** Natural Earth's countries (public domain, by npm world-atlas). */
export interface Land {
  readonly countries: FeatureCollection;
  /** Where two countries meet. */
  readonly borders: MultiLineString;
}

export type Grain = 'coarse' | 'fine';

const urls: Readonly<Record<Grain, string>> = { coarse: coarseUrl, fine: fineUrl };
const loaded = new Map<Grain, Promise<Land>>();

/** Read once for all maps; one that fails is tried again by the next map. */
export function loadLand(grain: Grain): Promise<Land> {
  let land = loaded.get(grain);
  if (land === undefined) {
    land = readLand(urls[grain]);
    loaded.set(grain, land);
    land.catch(() => loaded.delete(grain));
  }
  return land;
}

async function readLand(url: string): Promise<Land> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The map could not be loaded: ${response.status}`);
  const atlas = (await response.json()) as Topology<{ countries: GeometryCollection }>;
  const { countries } = atlas.objects;
  return {
    countries: feature(atlas, countries),
    borders: mesh(atlas, countries, (one, other) => one !== other),
  };
}
