import type { FaultLine } from '../check/history.ts';
import { readHistory } from '../check/json-lines.ts';

/** The names under which processes that were told to end stand among a history's faults: by the version of who ended. */
export const REPLACED = 'replaced';
export const RESTARTED = 'restarted';

export interface RequestsSeen {
  /** Sent from when the first process was withdrawn until the last new one was ready. */
  readonly duringRollOut: number;
  /** Of the whole run, in words: refused, or without an answer that says what became of it. */
  readonly failed: readonly FailedRequest[];
}

export interface FailedRequest {
  readonly what: string;
  /** The process of the earlier release that was just ending; null when none was. */
  readonly endedMeanwhile: string | null;
}

/** How long after a process is gone a client may have been told of it at the latest. */
const TOLD_WITHIN_MS = 500;

/** Counts what clients asked, and what failed, in a finished run's history. The load's own setup is not counted. */
export async function countRequests(folder: string): Promise<RequestsSeen> {
  const sentAt = new Map<number, number>();
  const failures: { readonly what: string; readonly sentAt: number; readonly failedAt: number }[] = [];
  const ends: { readonly target: string; readonly from: number; readonly to: number }[] = [];
  let beganAt = Infinity;
  let endedAt = -Infinity;
  for await (const line of readHistory(folder)) {
    if (line.kind === 'fault') {
      beganAt = Math.min(beganAt, line.t);
      endedAt = Math.max(endedAt, line.t);
      if (line.fault === REPLACED && line.phase === 'end') ends.push(endOf(line));
    }
    if (!('op' in line) || line.client === 'setup') continue;
    if (line.phase === 'invoke') sentAt.set(line.op, line.t);
    else if (line.phase !== 'ok') {
      const { kind, op, t, client, error } = line;
      const at = sentAt.get(op)!;
      const what = `${kind} of ${client}, sent at ${seconds(at)}: ${error} at ${seconds(t)}`;
      failures.push({ what, sentAt: at, failedAt: t });
    }
  }
  const isDuring = (t: number): boolean => t >= beganAt && t <= endedAt;
  return {
    duringRollOut: [...sentAt.values()].filter(isDuring).length,
    failed: failures.map(({ what, sentAt, failedAt }) => {
      const end = ends.find(({ from, to }) => failedAt >= from && sentAt <= to);
      return { what, endedMeanwhile: end?.target ?? null };
    }),
  };
}

const endOf = ({ target, detail }: FaultLine) => ({
  target,
  from: detail?.['toldAtMs'] as number,
  to: (detail?.['goneAtMs'] as number) + TOLD_WITHIN_MS,
});

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
