import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/** The release that is fetched where neither a cache nor PATH has a nats-server. */
export const PINNED_NATS_VERSION = '2.15.1';
/** Where the project that makes nats-server publishes its releases. */
export const NATS_RELEASES_URL = 'https://github.com/nats-io/nats-server/releases/download';

/** A file of the release does not have the SHA-256 that the release itself states. It was not run and not kept. */
export class ChecksumMismatchError extends Error {
  override readonly name = 'ChecksumMismatchError';
}

/**
 * Downloads the pinned official release for this machine into `workFolder`, checks it against that release's SHA256SUMS,
 * unpacks it and gives the program's path. Null when the release cannot be had from here; rejects with
 * ChecksumMismatchError when what came is not what the release says.
 */
export async function natsServerFromRelease(
  workFolder: string,
  baseUrl = NATS_RELEASES_URL,
): Promise<string | null> {
  const platform = releasePlatform();
  if (platform === null) return null;
  const name = `nats-server-v${PINNED_NATS_VERSION}-${platform}`;
  const folderUrl = `${baseUrl}/v${PINNED_NATS_VERSION}`;
  const sums = await download(`${folderUrl}/SHA256SUMS`, 20_000);
  const archive = sums === null ? null : await download(`${folderUrl}/${name}.tar.gz`, 180_000);
  if (sums === null || archive === null) return null;
  const stated = statedChecksum(sums.toString('utf8'), `${name}.tar.gz`);
  const found = createHash('sha256').update(archive).digest('hex');
  if (stated !== found) {
    throw new ChecksumMismatchError(
      `${name}.tar.gz has SHA-256 ${found}, but its release states ${stated ?? 'none'}`,
    );
  }
  const file = join(workFolder, `${name}.tar.gz`);
  await writeFile(file, archive);
  await runCommand('tar', ['-xzf', file, '-C', workFolder]);
  return join(workFolder, name, 'nats-server');
}

function releasePlatform(): string | null {
  const system = { linux: 'linux', darwin: 'darwin' }[process.platform as string];
  const processor = { x64: 'amd64', arm64: 'arm64', arm: 'arm7', ia32: '386' }[process.arch as string];
  return system === undefined || processor === undefined ? null : `${system}-${processor}`;
}

function statedChecksum(sums: string, name: string): string | undefined {
  for (const line of sums.split('\n')) {
    const [checksum, file] = line.trim().split(/\s+\*?/);
    if (file === name) return checksum?.toLowerCase();
  }
  return undefined;
}

async function download(url: string, withinMs: number): Promise<Buffer | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(withinMs) });
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
