import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize, renderKustomization, type Kustomize } from '@holdfast/servers';
import { makeLocalSecrets } from '../secrets/local-secrets.ts';
import { parseManifests, type Manifest } from './manifest.ts';

export const overlays = ['local', 'staging', 'production'] as const;
export type Overlay = (typeof overlays)[number];

export interface RenderedOverlay {
  readonly overlay: Overlay;
  readonly manifests: readonly Manifest[];
  /** What rendered it, such as `kubectl 1.32.4 (PATH)`. */
  readonly renderedBy: string;
}

/**
 * Renders an overlay from a temporary copy of deploy/k8s with development secrets of its own, so that it neither needs nor
 * touches those of this machine. Rejects with KustomizeNotFoundError, CommandFailedError and ManifestError.
 */
export async function renderOverlay(overlay: Overlay, kustomize?: Kustomize): Promise<RenderedOverlay> {
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
    const text = await renderKustomization(program, join(k8s, 'overlays', overlay));
    const renderedBy = `${program.name} ${program.version} (${program.origin})`;
    return { overlay, manifests: parseManifests(text), renderedBy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
