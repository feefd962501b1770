import { readHistory } from '../check/json-lines.ts';

/** The name under which a replaced process stands among a history's faults. */
export const REPLACED = 'replaced';

export interface RequestsSeen {
  /** Sent from when the first process was told to end until the last new one was ready. */
  readonly duringRollOut: number;
  /** Of the whole run: refused, or without an answer that says what became of it, in words. */
  readonly failed: readonly string[];
}

/** Counts what clients asked, and what failed, in a finished run's history. The load's own setup is not counted. */
export async function countRequests(folder: string): Promise<RequestsSeen> {
  const sentAt = new Map<number, number>();
  const failed: string[] = [];
  let beganAt = Infinity;
  let endedAt = -Infinity;
  for await (const line of readHistory(folder)) {
    if (line.kind === 'fault' && line.fault === REPLACED) {
      beganAt = Math.min(beganAt, line.t);
      endedAt = Math.max(endedAt, line.t);
    }
    if (!('op' in line) || line.client === 'setup') continue;
    if (line.phase === 'invoke') sentAt.set(line.op, line.t);
    else if (line.phase !== 'ok') {
      const { kind, op, t, client, error } = line;
      failed.push(`${kind} of ${client} at ${seconds(sentAt.get(op)!)}: ${error} at ${seconds(t)}`);
    }
  }
  const isDuring = (t: number): boolean => t >= beganAt && t <= endedAt;
  return { duringRollOut: [...sentAt.values()].filter(isDuring).length, failed };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
