import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentOf } from '../manifests/environment.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Container } from '../manifests/workloads.ts';
import type { Volume } from './pod-shape.ts';
import { RehearsalError } from './site.ts';
import { substitute, type Substitutions } from './substitutions.ts';

export interface PodVolumes {
  /** The pod's own folder. */
  readonly folder: string;
  /** Where claims are kept, which outlive the pod. */
  readonly claimsFolder: string;
  readonly volumes: readonly Volume[];
  /** Names of volumes that are claims. */
  readonly claims: readonly string[];
}

/** Where each volume of a pod lies on this machine; claims and empty folders are made. */
export function volumeFolders(pod: PodVolumes): ReadonlyMap<string, string> {
  const own = pod.volumes.map(({ name }) => [name, join(pod.folder, 'volumes', name)] as const);
  const claimed = pod.claims.map((name) => [name, join(pod.claimsFolder, name)] as const);
  const folders = new Map([...own, ...claimed]);
  for (const folder of folders.values()) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folders;
}

/** The folders of a container by the path where it finds them. @throws RehearsalError for a mount of a volume that is not there */
export function mountsOf(
  container: Container,
  folders: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    container.volumeMounts.map(({ name, mountPath }) => {
      const folder = folders.get(name);
      if (folder === undefined)
        throw new RehearsalError(`${container.name} mounts ${name}, which is no volume`);
      return [mountPath, folder];
    }),
  );
}

/**
 * Writes ConfigMaps, with the substitutions, and Secrets, as they are, as the files of their volumes.
 * @throws RehearsalError when one, or a key of it, is not there
 */
export function writeFiles(
  volumes: readonly Volume[],
  folders: ReadonlyMap<string, string>,
  manifests: readonly Manifest[],
  substitutions: Substitutions,
): void {
  for (const { name, secret, configMap } of volumes) {
    const source = secret
      ? (['Secret', secret.secretName] as const)
      : (['ConfigMap', configMap?.name] as const);
    const [kind, objectName] = source;
    if (objectName === undefined) continue;
    const content = contentOf(manifests, kind, objectName);
    if (content === null) throw new RehearsalError(`${kind}/${objectName} is not there`);
    const items = (secret ?? configMap)?.items ?? Object.keys(content).map((key) => ({ key, path: key }));
    for (const { key, path } of items) {
      const text = content[key];
      if (text === undefined) throw new RehearsalError(`${kind}/${objectName} has no key ${key}`);
      const file = join(folders.get(name)!, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, kind === 'Secret' ? text : substitute(text, substitutions), { mode: 0o600 });
    }
  }
}
