import { fileFromApt } from './apt-package.ts';
import { natsServerFromRelease } from './nats-release.ts';
import { isNewEnough, MINIMUM_NATS_VERSION, natsServerVersion } from './nats-version.ts';
import { cacheFolders, fromCache, fromPath, intoCache, type FoundProgram } from './program-cache.ts';

type Step = 'release' | 'apt';

/** A nats-server that runs on this machine and is new enough. */
export type NatsBinary = FoundProgram<Step>;

/** No nats-server was found or could be fetched; the message says what was tried and what a person can do. */
export class NatsServerNotFoundError extends Error {
  override readonly name = 'NatsServerNotFoundError';
}

/** Every part has a default; tests give their own. */
export type ResolveNatsOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Where releases are downloaded from. */
  readonly releasesUrl?: string;
  /** The steps after cache and PATH, in order. */
  readonly steps?: readonly Step[];
  /** Told before each step that may take long, in words for a person. */
  readonly onProgress?: (line: string) => void;
};

/**
 * Finds a nats-server of at least 2.15: in the cache (HOLDFAST_DATA, then the user's cache folder), on PATH, as the pinned
 * official release checked against its SHA256SUMS, or as the distribution's package on Debian and Ubuntu. What was fetched is
 * kept in the cache. Safe to run many times at once. Rejects with NatsServerNotFoundError.
 */
export async function resolveNatsServer(options: ResolveNatsOptions = {}): Promise<NatsBinary> {
  const { env = process.env, steps = ['release', 'apt'], onProgress = () => {} } = options;
  const folders = cacheFolders(env);
  const local = (await fromCache(folders, natsServer)) ?? (await fromPath(env, natsServer));
  if (local !== null) return local;
  const failures: string[] = [];
  for (const step of steps) {
    onProgress(
      step === 'release'
        ? 'Fetching nats-server: the official release …'
        : "Fetching nats-server: this system's own package archive …",
    );
    try {
      const fetched = await intoCache(folders, natsServer, step, (workFolder) =>
        step === 'apt'
          ? fileFromApt(workFolder, packagedFile)
          : natsServerFromRelease(workFolder, options.releasesUrl),
      );
      if (fetched !== null) return fetched;
      failures.push(`${step}: not to be had from here`);
    } catch (error) {
      failures.push(`${step}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new NatsServerNotFoundError(hint(failures));
}

const natsServer = {
  name: 'nats-server',
  usableVersion: async (file: string): Promise<string | null> => {
    const version = await natsServerVersion(file);
    return version !== null && isNewEnough(version) ? version : null;
  },
};

const packagedFile = { packageName: 'nats-server', path: 'usr/sbin/nats-server' };

function hint(failures: readonly string[]): string {
  return [
    `No nats-server ${MINIMUM_NATS_VERSION} or newer was found in the cache or on PATH, and none could be fetched:`,
    ...failures.map((failure) => `  ${failure}`),
    'Install one and try again: macOS `brew install nats-server`, Windows `winget install NATSAuthors.NATSServer`,',
    'or run one, `docker run -p 4222:4222 nats:2.15 -js`, and set NATS_URL=nats://127.0.0.1:4222.',
  ].join('\n');
}
