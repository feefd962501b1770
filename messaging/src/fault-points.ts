import type { Database, Tx } from './database.ts';

/** The places between two effects at which a crash is most telling, by what has just been done there. */
export const faultPoints = [
  /** Acknowledged by the stream, not yet marked in the outbox. */
  'relay:published',
  'relay:marked',
  /** In the inbox, not yet committed. */
  'consumer:begun',
  /** Committed, not yet acknowledged. */
  'consumer:committed',
  /** Written, not yet committed. */
  'command:begun',
  /** Committed, not yet answered. */
  'command:committed',
] as const;
export type FaultPointName = (typeof faultPoints)[number];

/** Where a process is to end itself, and at which time of reaching that place, from 1. */
export interface FaultPoint {
  readonly name: FaultPointName;
  readonly count: number;
}

let armed: { readonly name: FaultPointName; left: number } | null = null;

/** From now on this process ends itself there, as by SIGKILL: nothing is flushed, closed or answered. Null disarms. For proofs only. */
export function armFaultPoint(point: FaultPoint | null): void {
  armed = point === null ? null : { name: point.name, left: point.count };
}

/** Says that this place is reached; does nothing unless it is armed. */
export function reachFaultPoint(name: FaultPointName): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}

/** A transaction that does what somebody asked for and waits to be told of. */
export async function commandTransaction<Result>(
  database: Database,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const result = await database.transaction(async (tx) => {
    const written = await work(tx);
    reachFaultPoint('command:begun');
    return written;
  });
  reachFaultPoint('command:committed');
  return result;
}
