import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the repository, which is /app in the image but for what the image leaves out. */
export const repository = join(import.meta.dirname, '..', '..', '..');

/** A program of the image, and the function that reads its settings. */
interface Program {
  readonly entry: string;
  readonly settings: { readonly file: string; readonly reader: string };
}

export const programs: readonly Program[] = [
  { entry: 'gateway/src/main.ts', settings: { file: 'gateway/src/config.ts', reader: 'readGatewayConfig' } },
  {
    entry: 'subgraphs/orders/src/main.ts',
    settings: { file: 'subgraphs/orders/src/config.ts', reader: 'readOrdersConfig' },
  },
  {
    entry: 'subgraphs/inventory/src/main.ts',
    settings: { file: 'subgraphs/inventory/src/config.ts', reader: 'readInventoryConfig' },
  },
  {
    entry: 'subgraphs/orders/src/migrate.ts',
    settings: { file: 'subgraphs/orders/src/config.ts', reader: 'readOrdersMigrationConfig' },
  },
  {
    entry: 'subgraphs/inventory/src/migrate.ts',
    settings: { file: 'subgraphs/inventory/src/config.ts', reader: 'readInventoryMigrationConfig' },
  },
  {
    entry: 'service/src/topology-job.ts',
    settings: { file: 'service/src/topology-settings.ts', reader: 'readTopologySettings' },
  },
];

export interface SettingsRead {
  /** Every name that was looked up. */
  readonly names: ReadonlySet<string>;
  /** By name, what the program says of a value that it does not take, or of one that is missing. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Has a program read its settings from an environment; null when the code has no such program. */
export async function readSettingsOf(
  entry: string,
  environment: Readonly<Record<string, string>>,
): Promise<SettingsRead | null> {
  const program = programs.find((one) => one.entry === entry);
  if (program === undefined || !existsSync(join(repository, program.settings.file))) return null;
  const { file, reader } = program.settings;
  const module = (await import(pathToFileURL(join(repository, file)).href)) as Record<string, unknown>;
  const read = module[reader];
  if (typeof read !== 'function') return null;
  const names = new Set<string>();
  const recording = new Proxy(environment, {
    get(target, name, receiver) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  try {
    await (read as (environment: object) => unknown)(recording);
    return { names, refused: new Map() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SettingsError') throw error;
    const lines = error.message.split('\n').map((line) => [line.split(' ')[0] ?? '', line] as const);
    return { names, refused: new Map(lines) };
  }
}

/** The paths that every service answers beside its own. */
export function healthPaths(): ReadonlySet<string> {
  const text = readFileSync(join(repository, 'service', 'src', 'http.ts'), 'utf8');
  return new Set([...text.matchAll(/\.get\('(\/\w+)'/g)].map(([, path]) => path!));
}

/** How long a service may take to drain, in seconds. */
export function drainDeadlineSeconds(): number {
  const text = readFileSync(join(repository, 'service', 'src', 'main.ts'), 'utf8');
  const milliseconds = /DRAIN_DEADLINE_MS = ([\d_]+);/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error('service/src/main.ts no longer says DRAIN_DEADLINE_MS');
  return Number(milliseconds.replaceAll('_', '')) / 1_000;
}
