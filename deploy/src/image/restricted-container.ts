import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf, type ContainerEngine } from './container-engine.ts';

/** What a pod says of a container's rights, in the words of Kubernetes. */
export interface SecurityContext {
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly readOnlyRootFilesystem: boolean;
  readonly allowPrivilegeEscalation: boolean;
  readonly capabilities: { readonly drop: readonly string[] };
  /** Podman's own profile, which it applies by itself, is its RuntimeDefault. */
  readonly seccompProfile: { readonly type: 'RuntimeDefault' };
}

/** The same for podman. Temporary file systems of its own are off: what is read-only is so in every folder. */
export function securityOptions(context: SecurityContext): readonly string[] {
  return [
    `--user=${context.runAsUser}:${context.runAsGroup}`,
    ...(context.readOnlyRootFilesystem ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...(context.allowPrivilegeEscalation ? [] : ['--security-opt=no-new-privileges']),
    ...context.capabilities.drop.map((capability) => `--cap-drop=${capability.toLowerCase()}`),
  ];
}

/** How podman has to be asked on this machine, so that it may run a container at all. */
export interface RunOptions {
  readonly options: readonly string[];
  readonly limitsMemory: boolean;
}

/** This machine lets podman run no container; the message says what it answered. */
export class ContainersNotAllowedError extends Error {
  override readonly name = 'ContainersNotAllowedError';
}

/** Podman asks for limits of a million; where it may not raise them, these are below what it has. */
const LOW_LIMITS = ['--ulimit=nofile=4096:4096', '--ulimit=nproc=4096:4096'];

/**
 * Finds out by running /usr/bin/true of this machine in containers: as usual; with low limits; by runc, where cgroups are
 * half of version 1 and crun refuses; without a cgroup, where none can be made. Rejects with ContainersNotAllowedError.
 */
export async function findRunOptions(podman: ContainerEngine, context: SecurityContext): Promise<RunOptions> {
  const ways: readonly RunOptions[] = [
    { options: [], limitsMemory: true },
    { options: LOW_LIMITS, limitsMemory: true },
    { options: [...LOW_LIMITS, '--runtime=runc'], limitsMemory: true },
    { options: [...LOW_LIMITS, '--cgroups=disabled'], limitsMemory: false },
  ];
  const root = await mkdtemp(join(tmpdir(), 'holdfast-root-'));
  await chmod(root, 0o755); // The container's user has to enter it.
  // As the image does, this needs the host's network and nothing else of it.
  const always = ['--network=host', ...securityOptions(context)];
  const folders = ['usr', 'lib', 'lib64'].map((name) => `--volume=/${name}:/${name}:ro`);
  const reasons: string[] = [];
  try {
    for (const name of ['usr', 'lib', 'lib64', 'proc', 'sys', 'dev', 'etc', 'run', 'tmp']) {
      await mkdir(join(root, name));
    }
    for (const way of ways) {
      const memory = way.limitsMemory ? ['--memory=64m'] : [];
      const args = ['run', '--rm', ...way.options, ...memory, ...always, ...folders, '--rootfs', root];
      try {
        await podman.run([...args, '/usr/bin/true'], { timeoutMs: 30_000 });
        return way;
      } catch (error) {
        reasons.push(reasonOf(error));
      }
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  throw new ContainersNotAllowedError(
    `podman may run no container here: ${[...new Set(reasons)].join('; ')}`,
  );
}
