import { FaultsSeen } from '../check/faults-seen.ts';
import { readHistory, readSnapshot } from '../check/json-lines.ts';
import { OperationsSeen } from '../check/operations-seen.ts';

/** What the report tells of a run beside what the check found. */
export interface RunFigures {
  readonly seed: number | null;
  /** By kind: how often a fault was injected; and why it was not. */
  readonly faults: ReadonlyMap<string, { readonly injected: number; readonly skipped: readonly string[] }>;
  /** By kind and outcome: `ok`, `no`, `fail`, `unknown`. */
  readonly operations: ReadonlyMap<string, number>;
  /** From the end of a fault to the next order that was placed, the longest, with the fault; null without any. */
  readonly longestRecovery: { readonly ms: number; readonly fault: string } | null;
  /** From an order's first fact to the decision about it, the longest; null without any. */
  readonly longestDecision: { readonly ms: number; readonly orderId: string } | null;
}

export async function readRunFigures(folder: string): Promise<RunFigures> {
  const faults = new FaultsSeen();
  const operations = new OperationsSeen();
  const recovering: { readonly fault: string; readonly t: number }[] = [];
  let longestRecovery: RunFigures['longestRecovery'] = null;
  let seed: number | null = null;
  for await (const line of readHistory(folder)) {
    if (line.kind === 'run') seed = line.seed;
    else if (line.kind === 'fault') {
      faults.see(line);
      if (line.phase === 'end') recovering.push({ fault: `${line.fault} of ${line.target}`, t: line.t });
    } else if ('op' in line) {
      operations.see(line);
      if (line.kind !== 'place' || line.phase !== 'ok') continue;
      for (const { fault, t } of recovering.splice(0))
        if (longestRecovery === null || line.t - t > longestRecovery.ms)
          longestRecovery = { ms: line.t - t, fault };
    }
  }
  operations.end();
  const kinds = new Set([...faults.injected.keys(), ...faults.skipped.keys()]);
  return {
    seed,
    faults: new Map(
      Array.from(kinds, (kind) => [
        kind,
        { injected: faults.injected.get(kind) ?? 0, skipped: [...(faults.skipped.get(kind) ?? [])] },
      ]),
    ),
    operations: operations.outcomes,
    longestRecovery,
    longestDecision: await readLongestDecision(folder),
  };
}

async function readLongestDecision(folder: string): Promise<RunFigures['longestDecision']> {
  let longest: RunFigures['longestDecision'] = null;
  let placed: { readonly orderId: string; readonly atMs: number } | null = null;
  // By order and version: the decision follows its order.
  for await (const { aggregateId, version, occurredAtMs } of readSnapshot(folder, 'journal-orders')) {
    if (version === 1) placed = { orderId: aggregateId, atMs: occurredAtMs };
    else if (version === 2 && placed?.orderId === aggregateId) {
      const ms = occurredAtMs - placed.atMs;
      if (longest === null || ms > longest.ms) longest = { ms, orderId: aggregateId };
    }
  }
  return longest;
}
