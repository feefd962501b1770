import { contentOf, environmentOf, type Environment } from './environment.ts';
import type { Manifest } from './manifest.ts';
import { readSettingsOf } from './processes.ts';
import { row, type Row } from './row.ts';
import { workloadsOf, type Container, type Workload } from './workloads.ts';

/** Read by Node itself. */
const NODE_READS = new Set(['NODE_OPTIONS']);
/** Read by programs of other images, beside what their configuration names. */
const OTHERS_READ: Readonly<Record<string, readonly string[]>> = {
  nats: ['GOMEMLIMIT'],
  postgres: ['POSTGRES_PASSWORD'],
};

/** The program of the image of Holdfast that a container runs; null for a container of another image. */
export const entryOf = ({ command, args }: Container): string | null =>
  command.length === 0 ? (args.find((arg) => arg.endsWith('.ts')) ?? null) : null;

export interface SettingsOptions {
  /** In place of paths in the image, by the setting's name: files and folders that are there. */
  readonly standIns: Readonly<Record<string, string>>;
}

/** Every setting that a program reads is set to what it takes or has a default, and nothing is set that nobody reads. */
export async function checkSettings(
  manifests: readonly Manifest[],
  options: SettingsOptions,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const workload of workloadsOf(manifests)) {
    for (const container of workload.pod.containers) {
      const environment = environmentOf(container, manifests);
      const entry = entryOf(container);
      rows.push(...expandedRows(workload, environment));
      if (entry === null) rows.push(...otherProgram(workload, container, environment, manifests));
      else rows.push(...(await ownProgram(workload, entry, environment, options)));
    }
  }
  return rows;
}

/** Kubernetes takes in only what stands before: `$(NAME)` of a later or unknown one is left in the value as it is. */
const expandedRows = (workload: Workload, { variables }: Environment): readonly Row[] =>
  variables
    .filter(({ value }) => value.includes('$('))
    .map(({ name, value }) =>
      row(
        `${workload.name} sets ${name}`,
        false,
        `${/\$\([^)]*\)/.exec(value)?.[0]} does not stand before it`,
      ),
    );

async function ownProgram(
  workload: Workload,
  entry: string,
  { variables, expanded }: Environment,
  { standIns }: SettingsOptions,
): Promise<readonly Row[]> {
  const values = variables.map(({ name, value }) => [name, standIns[name] ?? withSecrets(value)] as const);
  const settings = await readSettingsOf(entry, Object.fromEntries(values));
  if (settings === null) return [row(`${workload.name} runs ${entry}`, false, 'no such program')];
  const { names, refused } = settings;
  return [
    row(`${workload.name} runs ${entry}`, true, ''),
    ...variables.map(({ name }) =>
      row(
        `${workload.name} sets ${name}`,
        names.has(name) || expanded.has(name) || NODE_READS.has(name),
        `nobody reads it`,
      ),
    ),
    ...[...names].map((name) =>
      row(`${workload.name} reads ${name}`, !refused.has(name), refused.get(name) ?? ''),
    ),
  ];
}

/** Of NATS and PostgreSQL: what the ConfigMaps of the pod take in, `$NAME` or `\getenv variable NAME`. */
function otherProgram(
  workload: Workload,
  container: Container,
  { variables }: Environment,
  manifests: readonly Manifest[],
): readonly Row[] {
  const texts = workload.pod.volumes
    .filter(({ name }) => container.volumeMounts.some((mount) => mount.name === name))
    .flatMap(({ configMap }) =>
      Object.values(contentOf(manifests, 'ConfigMap', configMap?.name ?? '') ?? {}),
    );
  const taken = texts.flatMap((text) =>
    [...text.matchAll(/(?:\$|\\getenv \w+ )([A-Z][A-Z_]+)\b/g)]
      .map(([, name]) => name!)
      // Not `$JS`, which begins subjects.
      .filter((name) => name.includes('_')),
  );
  const set = new Set(variables.map(({ name }) => name));
  const known = new Set([...taken, ...(OTHERS_READ[container.name] ?? [])]);
  return [
    ...[...set].map((name) => row(`${workload.name} sets ${name}`, known.has(name), 'nobody reads it')),
    ...[...new Set(taken)].map((name) =>
      row(`${workload.name} reads ${name}`, set.has(name), 'it is not set'),
    ),
  ];
}

/** A value of a Secret that is made elsewhere is taken to be right. */
const withSecrets = (value: string): string =>
  value.replace(/\{Secret [^}]*\}/g, 'aSecretOfFortyEightLettersThatNobodyElseShallKnow');
