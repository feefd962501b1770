import { waitUntil } from '@holdfast/servers';
import type { ContainerEngine } from './container-engine.ts';

/** One container that was started in the background. */
export interface RunningContainer {
  /** Resolves when `url` answers 200. Rejects with the end of its log when the container ends first, or after `withinMs`. */
  untilAnswers(url: string, withinMs: number): Promise<void>;
  /** Sends SIGTERM, and nothing after it; gives the exit code. Rejects when it has not ended after `withinMs`. */
  terminate(withinMs: number): Promise<{ readonly exitCode: number; readonly tookMs: number }>;
  /** Kills and removes it. Safe to repeat. */
  remove(): Promise<void>;
}

/** Starts one by `podman run` with these options, image and arguments. Rejects with CommandFailedError. */
export async function startContainer(
  podman: ContainerEngine,
  name: string,
  args: readonly string[],
): Promise<RunningContainer> {
  const remove = async (): Promise<void> =>
    void (await podman.run(['rm', '--force', '--ignore', '--time=0', name]));
  const isRunning = async (): Promise<boolean> =>
    (await podman.run(['inspect', '--format={{.State.Running}}', name])).trim() === 'true';
  await remove();
  await podman.run(['run', '--detach', `--name=${name}`, ...args]);
  return {
    remove,
    untilAnswers: async (url, withinMs) => {
      let hasEnded = false;
      const outcome = await waitUntil(
        async () => (await answersWell(url)) || (hasEnded = !(await isRunning())),
        { withinMs, everyMs: 200 },
      );
      if (outcome && !hasEnded) return;
      throw new Error(`${name} ${hasEnded ? 'ended' : 'is not ready'}:\n${await podman.logsOf(name)}`);
    },
    terminate: async (withinMs) => {
      const begunAt = performance.now();
      await podman.run(['kill', '--signal=TERM', name]);
      // Prints the exit code when the container has ended.
      const exitCode = await podman.run(['wait', name], { timeoutMs: withinMs });
      return { exitCode: Number(exitCode), tookMs: performance.now() - begunAt };
    },
  };
}

const answersWell = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status === 200;
    },
    () => false,
  );
