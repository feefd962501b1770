import type { RunningProcess } from './run-file.ts';
import { lastLines } from './log-tail.ts';
import { StartError } from './start-error.ts';
import { supervise } from './supervisor.ts';
import type { Death, Part, SupervisedPart } from './supervisor.ts';

/** All parts that are kept alive together. */
export type System = {
  /** Starts one more part; rejects when its first start fails. */
  keep(part: Part): Promise<void>;
  /** Aborted, with a StartError as its reason, when one part died too often. */
  readonly failed: AbortSignal;
  /** Stops the parts one by one, the last started first. */
  stop(): Promise<void>;
};

export type SystemOptions = {
  readonly say: (line: string) => void;
  /** Gets the processes that live, whenever they changed. */
  readonly onChange: (processes: readonly RunningProcess[]) => void;
  /** After a first death; 1 s unless told. */
  readonly firstDelayMs?: number | undefined;
};

export function createSystem({ say, onChange, firstDelayMs }: SystemOptions): System {
  const parts: SupervisedPart[] = [];
  const failure = new AbortController();
  const report = () =>
    onChange(
      parts.flatMap(({ name, identity }) =>
        identity === null ? [] : [{ name, pid: identity.pid, startedAt: identity.startedAt }],
      ),
    );
  return {
    failed: failure.signal,
    keep: async (part) => {
      const events = {
        onChange: report,
        onRevival: (pid: number) => say(`${part.name} runs again (process ${pid}).`),
        onDeath: ({ how }: Death, againInMs: number) =>
          say(`${part.name} died (${how}); it is started again in ${againInMs / 1_000} s.`),
        onGivingUp: (death: Death) => failure.abort(diedTooOften(death)),
      };
      const supervised = await supervise(part, events, { firstDelayMs });
      parts.push(supervised);
      report();
    },
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}

function diedTooOften({ part, how }: Death): StartError {
  return new StartError(
    `${part.name} died five times in a minute, the last time with ${how}. The last lines of ${part.logFile}:\n` +
      lastLines(part.logFile),
  );
}
