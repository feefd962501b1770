import { identifyProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Sends each signal in turn to this very process, never to a later one with its pid, and waits up to `withinMs` after each
 * until it is gone. Done at once when it is gone already. Rejects when it outlived the last signal.
 */
export async function stopProcess(
  target: Pick<ProcessIdentity, 'pid' | 'startedAt'>,
  signals: readonly { readonly signal: NodeJS.Signals; readonly withinMs: number }[],
): Promise<void> {
  const isGone = async () => (await identifyProcess(target.pid))?.startedAt !== target.startedAt;
  for (const { signal, withinMs } of signals) {
    if (await isGone()) return;
    send(target.pid, signal);
    if (await waitUntil(isGone, { withinMs, everyMs: 20 })) return;
  }
  throw new Error(
    `Process ${target.pid} did not end after ${signals.map(({ signal }) => signal).join(', ')}`,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
