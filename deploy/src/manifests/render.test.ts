import { describe, expect, it } from '@jest/globals';
import { nameOf, type Manifest } from './manifest.ts';
import { overlays, renderOverlay } from './render.ts';
import { problemsOf } from './validate.ts';

const problemsOfAll = async (manifests: readonly Manifest[]): Promise<readonly string[]> =>
  (await Promise.all(manifests.map(problemsOf))).flat();

describe.each(overlays)('the overlay %s', (overlay) => {
  it('renders, and every object is valid and has no field that its kind does not have', async () => {
    const { manifests, renderedBy } = await renderOverlay(overlay);
    const kinds = new Set(manifests.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
    console.log(`${overlay}: ${manifests.length} objects of ${kinds.size} kinds, rendered by ${renderedBy}`);
    expect(manifests.length).toBeGreaterThan(50);
    expect(await problemsOfAll(manifests)).toEqual([]);
    const names = manifests.map((one) => `${one.metadata.namespace}/${nameOf(one)}`);
    expect(names).toHaveLength(new Set(names).size);
  });
});
