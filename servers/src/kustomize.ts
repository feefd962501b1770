import { fileFromApt } from './apt-package.ts';
import { isNewEnough } from './nats-version.ts';
import { cacheFolders, fromCache, fromPath, intoCache, type FoundProgram } from './program-cache.ts';
import { runCommand } from './run-command.ts';

/** The oldest kubectl whose built-in kustomize is a 5, and the oldest kustomize: both know components and `labels`. */
const MINIMUM_KUBECTL_VERSION = '1.28.0';
const MINIMUM_KUSTOMIZE_VERSION = '5.0.0';

/** A program that renders a folder with a kustomization when its path follows `args`. */
export type Kustomize = FoundProgram<'apt'> & {
  readonly name: 'kubectl' | 'kustomize';
  readonly args: readonly string[];
};

/** Neither kubectl nor kustomize was found or could be fetched; the message says what a person can do. */
export class KustomizeNotFoundError extends Error {
  override readonly name = 'KustomizeNotFoundError';
}

/** Every part has a default; tests give their own. */
export type FindKustomizeOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the distribution's package may be fetched. Default true. */
  readonly mayFetch?: boolean;
  /** Told before a step that may take long, in words for a person. */
  readonly onProgress?: (line: string) => void;
};

/**
 * Finds kubectl 1.28 or kustomize 5, or newer: on PATH, in the cache (HOLDFAST_DATA, then the user's cache folder), or as the
 * distribution's package on Debian and Ubuntu, which is then kept in the cache. Safe to run many times at once. Rejects with
 * KustomizeNotFoundError.
 */
export async function findKustomize(options: FindKustomizeOptions = {}): Promise<Kustomize> {
  const { env = process.env, mayFetch = true, onProgress = () => {} } = options;
  const onPath = await fromPath(env, kubectl);
  if (onPath !== null) return { ...onPath, name: 'kubectl', args: ['kustomize'] };
  const folders = cacheFolders(env);
  const found =
    (await fromPath(env, kustomize)) ??
    (await fromCache(folders, kustomize)) ??
    (mayFetch ? await fetchPackage(folders, onProgress) : null);
  if (found !== null) return { ...found, name: 'kustomize', args: ['build'] };
  throw new KustomizeNotFoundError(
    [
      `No kubectl ${MINIMUM_KUBECTL_VERSION} and no kustomize ${MINIMUM_KUSTOMIZE_VERSION}, or newer, was found on PATH or in the cache, and none could be fetched.`,
      'Install one and try again: macOS `brew install kustomize`, Windows `winget install Kubernetes.kubectl`,',
      'Linux https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/.',
    ].join('\n'),
  );
}

/** Renders a folder that has a kustomization: YAML documents, in the order in which they are to be applied. */
export function renderKustomization(kustomize: Kustomize, folder: string): Promise<string> {
  return runCommand(kustomize.file, [...kustomize.args, folder]);
}

const kubectl = {
  name: 'kubectl',
  usableVersion: (file: string) =>
    versionSaid(file, ['version', '--client', '--output=json'], MINIMUM_KUBECTL_VERSION),
};
const kustomize = {
  name: 'kustomize',
  usableVersion: (file: string) => versionSaid(file, ['version'], MINIMUM_KUSTOMIZE_VERSION),
};

/**
 * The first version in what a program says about itself; null when it does not run or is older than `minimum`. Debian's own
 * build says `(devel)` and no more; before 5.0 kustomize put what it said into braces, so that alone is new enough.
 */
async function versionSaid(file: string, args: readonly string[], minimum: string): Promise<string | null> {
  const said = await runCommand(file, args, { timeout: 20_000 }).catch(() => '');
  if (said.trim() === '(devel)') return 'devel';
  const version = /\bv?(\d+\.\d+\.\d+)/.exec(said)?.[1];
  return version !== undefined && isNewEnough(version, minimum) ? version : null;
}

function fetchPackage(
  folders: readonly string[],
  onProgress: (line: string) => void,
): Promise<FoundProgram<'apt'> | null> {
  onProgress("Fetching kustomize: this system's own package archive …");
  return intoCache(folders, kustomize, 'apt', (workFolder) =>
    fileFromApt(workFolder, { packageName: 'kustomize', path: 'usr/bin/kustomize' }),
  );
}
