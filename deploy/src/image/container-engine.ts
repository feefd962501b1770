import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { CommandFailedError, runCommand } from '@holdfast/servers';

export type EngineName = 'docker' | 'podman' | 'buildah';

/** A program that builds images, found to work on this machine. */
export interface ContainerEngine {
  readonly name: EngineName;
  /** Runs it quietly and gives its standard output. Rejects with CommandFailedError, also after `timeoutMs` (60 s). */
  run(args: readonly string[], options?: { readonly timeoutMs?: number }): Promise<string>;
  /** What a container said, on both of its outputs. */
  logsOf(container: string): Promise<string>;
  /** Runs it with its output in sight. Rejects with CommandFailedError. */
  show(args: readonly string[]): Promise<void>;
}

/** No engine works here; the message says what each one answered. */
export class NoContainerEngineError extends Error {
  override readonly name = 'NoContainerEngineError';
}

const ANSWERS_WITHIN_MS = 20_000;

/** The first of `names` that works here. Rejects with NoContainerEngineError. */
export async function findEngine(names: readonly EngineName[]): Promise<ContainerEngine> {
  const reasons: string[] = [];
  for (const name of names) {
    for (const env of storages(name)) {
      const engine = anEngine(name, env);
      try {
        // Docker's server has to answer; the others open their store of images, which is where they fail without rights.
        await engine.run(['info'], { timeoutMs: ANSWERS_WITHIN_MS });
        return engine;
      } catch (error) {
        reasons.push(reasonOf(error));
      }
    }
  }
  throw new NoContainerEngineError(`No container engine works here: ${[...new Set(reasons)].join('; ')}`);
}

/**
 * Podman and buildah know their storage driver by themselves, but on a machine that is a container itself their choice, overlay, may
 * be refused by the kernel; plain copies always work.
 */
function storages(name: EngineName): readonly NodeJS.ProcessEnv[] {
  return name === 'docker' ? [process.env] : [process.env, { ...process.env, STORAGE_DRIVER: 'vfs' }];
}

function anEngine(name: EngineName, env: NodeJS.ProcessEnv): ContainerEngine {
  return {
    name,
    run: (args, { timeoutMs = 60_000 } = {}) => runCommand(name, args, { timeout: timeoutMs, env }),
    logsOf: async (container) => {
      const child = spawn(name, ['logs', '--tail=20', container], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return `${said}${complained}`.trim();
    },
    show: async (args) => {
      const child = spawn(name, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new CommandFailedError(`${name} ended with ${code}`);
    },
  };
}

/** Where an engine says why, after what it only warns of. */
export function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return lines.findLast((line) => !line.includes('level=warning')) ?? lines.at(-1)!;
}
