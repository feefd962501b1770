import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize, renderKustomization, type Kustomize } from '@holdfast/servers';
import { makeLocalSecrets } from '../secrets/local-secrets.ts';
import { parseManifests, type Manifest } from './manifest.ts';

export const overlays = ['local', 'staging', 'production'] as const;
export type Overlay = (typeof overlays)[number];

export interface Rendered {
  readonly manifests: readonly Manifest[];
  /** What rendered it, such as `kubectl 1.32.4 (PATH)`. */
  readonly renderedBy: string;
}
export interface RenderedOverlay extends Rendered {
  readonly overlay: Overlay;
}

/**
 * Renders an overlay from a temporary copy of deploy/k8s with development secrets of its own, so that it neither needs nor
 * touches those of this machine. Rejects with KustomizeNotFoundError, CommandFailedError and ManifestError.
 */
export async function renderOverlay(overlay: Overlay, kustomize?: Kustomize): Promise<RenderedOverlay> {
  return { overlay, ...(await renderCopy((k8s) => join(k8s, 'overlays', overlay), kustomize)) };
}

/** As `renderOverlay`: the base with these components and staging's values, which is how a team puts other parts together. */
export const renderComponents = (components: readonly string[]): Promise<Rendered> =>
  renderCopy((k8s) => {
    const folder = join(k8s, 'overlays', 'trial');
    mkdirSync(folder);
    const kustomization = {
      namespace: 'holdfast',
      resources: ['../../base', '../staging/values'],
      components: components.map((name) => `../../components/${name}`),
      images: [{ name: 'holdfast', newName: 'registry.example.com/holdfast', newTag: '0.1.0' }],
    };
    // JSON is YAML too.
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    return folder;
  });

async function renderCopy(folderIn: (k8s: string) => string, kustomize?: Kustomize): Promise<Rendered> {
  const program = kustomize ?? (await findKustomize());
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-manifests-'));
  try {
    const k8s = join(folder, 'k8s');
    const secrets = join(k8s, 'overlays', 'local', 'secrets');
    cpSync(join(import.meta.dirname, '..', '..', 'k8s'), k8s, {
      recursive: true,
      filter: (path) => !path.endsWith(join('local', 'secrets')),
    });
    await makeLocalSecrets({ folder: secrets, tokenKeyFile: join(folder, 'key.json'), renew: false });
    const text = await renderKustomization(program, folderIn(k8s));
    const renderedBy = `${program.name} ${program.version} (${program.origin})`;
    return { manifests: parseManifests(text), renderedBy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
