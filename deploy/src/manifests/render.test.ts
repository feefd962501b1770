import { describe, expect, it } from '@jest/globals';
import { nameOf, type Manifest } from './manifest.ts';
import { overlays, renderComponents, renderOverlay, type Rendered } from './render.ts';
import { problemsOf } from './validate.ts';

const problemsOfAll = async (manifests: readonly Manifest[]): Promise<readonly string[]> =>
  (await Promise.all(manifests.map(problemsOf))).flat();

async function expectValid(name: string, { manifests, renderedBy }: Rendered): Promise<void> {
  const kinds = new Set(manifests.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
  console.log(`${name}: ${manifests.length} objects of ${kinds.size} kinds, rendered by ${renderedBy}`);
  expect(manifests.length).toBeGreaterThan(50);
  expect(await problemsOfAll(manifests)).toEqual([]);
  const names = manifests.map((one) => `${one.metadata.namespace}/${nameOf(one)}`);
  expect(names).toHaveLength(new Set(names).size);
}

describe.each(overlays)('the overlay %s', (overlay) => {
  it('renders, and every object is valid and has no field that its kind does not have', async () => {
    await expectValid(overlay, await renderOverlay(overlay));
  });
});

describe('the components that no overlay has', () => {
  it('render with the others, as valid as those, and take the place of what they replace', async () => {
    const rendered = await renderComponents([
      'cnpg',
      'keda',
      'ingress-nginx',
      'nack',
      'monitoring',
      'tls',
      'site',
    ]);
    await expectValid('ingress-nginx and nack', rendered);
    const names = rendered.manifests.map(nameOf);
    expect(names).toEqual(
      expect.arrayContaining(['Stream/orders', 'Consumer/inventory-orders', 'Ingress/gateway']),
    );
    expect(names.filter((name) => name.startsWith('Job/topology'))).toEqual([]);
  });
});
