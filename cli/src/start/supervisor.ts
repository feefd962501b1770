import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessIdentity } from '@holdfast/servers';

/** A server or a service of the running system. */
export type Part = {
  readonly name: string;
  readonly logFile: string;
  /** Starts its process; rejects when that fails. */
  launch(): Promise<RunningPart>;
};

export type RunningPart = {
  readonly identity: ProcessIdentity;
  /** Resolves, with how it ended in words, when the process is gone. */
  readonly ended: Promise<string>;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
};

/** A part that is kept alive. */
export type SupervisedPart = {
  readonly name: string;
  /** Null while it is dead and waits to be started again. */
  readonly identity: ProcessIdentity | null;
  /** No further start, and an orderly stop of what runs. Safe to repeat. */
  stop(): Promise<void>;
};

export type Death = { readonly part: Part; readonly how: string };

export type SupervisorEvents = {
  /** Its process was started or is gone. */
  readonly onChange: () => void;
  readonly onRevival: (pid: number) => void;
  readonly onDeath: (death: Death, againInMs: number) => void;
  /** Five deaths in a minute: it is not started again. */
  readonly onGivingUp: (death: Death) => void;
};

const MINUTE_MS = 60_000;
const DEATHS_A_MINUTE = 5;

/**
 * Starts a part and starts it again when it dies: 1 s later, after the next death within a minute 2 s, 4 s, 8 s; the fifth within
 * a minute is the last. Rejects when the first start itself fails; a later one that fails counts as a death.
 */
export async function supervise(
  part: Part,
  events: SupervisorEvents,
  { firstDelayMs = 1_000 }: { readonly firstDelayMs?: number | undefined } = {},
): Promise<SupervisedPart> {
  const stopping = new AbortController();
  let running: RunningPart | null = await part.launch();
  events.onChange();
  const kept = keep();

  async function keep(): Promise<void> {
    let deaths: number[] = [];
    for (;;) {
      const how = await oneLife();
      events.onChange();
      if (stopping.signal.aborted) return;
      const now = performance.now();
      deaths = [...deaths.filter((at) => now - at < MINUTE_MS), now];
      if (deaths.length >= DEATHS_A_MINUTE) return events.onGivingUp({ part, how });
      const againInMs = firstDelayMs * 2 ** (deaths.length - 1);
      events.onDeath({ part, how }, againInMs);
      await delay(againInMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
    }
  }

  /** From its start, if it is not running yet, to its end; says how that came. */
  async function oneLife(): Promise<string> {
    try {
      running ??= await revive();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    if (stopping.signal.aborted) await running.stop();
    const how = await running.ended;
    running = null;
    return how;
  }

  async function revive(): Promise<RunningPart> {
    const revived = await part.launch();
    running = revived;
    events.onChange();
    events.onRevival(revived.identity.pid);
    return revived;
  }

  return {
    name: part.name,
    get identity() {
      return running?.identity ?? null;
    },
    stop: async () => {
      stopping.abort();
      await running?.stop();
      await kept;
    },
  };
}
