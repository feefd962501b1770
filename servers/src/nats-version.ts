import { runCommand } from './run-command.ts';

/** The oldest nats-server that Holdfast works with: earlier ones let a durable consumer skip facts after a rewind. */
export const MINIMUM_NATS_VERSION = '2.15.0';

/** What `nats-server --version` says, such as `2.15.1`, or null when it cannot be run here or says something else. */
export async function natsServerVersion(file: string): Promise<string | null> {
  try {
    const said = await runCommand(file, ['--version'], { timeout: 10_000 });
    return /nats-server: v(\d+\.\d+\.\d+)/.exec(said)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Whether a version such as `2.15.1` is at least the oldest one that works. */
export function isNewEnough(version: string, minimum = MINIMUM_NATS_VERSION): boolean {
  const have = version.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (const [place, wanted] of need.entries()) {
    const found = have[place] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}
