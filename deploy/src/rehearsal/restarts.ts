import type { LoadFigures, OrderLoad } from './load/order-load.ts';
import type { PodEnd } from './pod.ts';
import { secondsSince, table } from './report.ts';
import type { Rollout } from './rollout.ts';

/** One workload's restart, and what callers saw of it. */
export interface RestartResult extends LoadFigures {
  readonly workload: string;
  readonly seconds: number;
  readonly ends: readonly PodEnd[];
  /** What did not hold, in words. */
  readonly flaws: readonly string[];
}

/** Restarts each workload under load, one after the other, and waits after each until every order of that time is settled. */
export async function restartAll(
  rollouts: readonly Rollout[],
  load: OrderLoad,
  say: (line: string) => void,
): Promise<readonly RestartResult[]> {
  const results: RestartResult[] = [];
  for (const rollout of rollouts) {
    const startedAt = performance.now();
    say(`\n${rollout.workload.name} is restarted …`);
    const ends = await rollout.restart();
    const seconds = Number(secondsSince(startedAt));
    const figures = await load.figures();
    for (const one of rollouts) one.requireWell();
    results.push({
      workload: rollout.workload.name,
      seconds,
      ends,
      ...figures,
      flaws: flawsOf(rollout, ends, figures),
    });
  }
  return results;
}

export const restartTable = (results: readonly RestartResult[]): string => table(HEAD, results.map(rowOf));

const HEAD = [
  'workload',
  'seconds',
  'orders',
  'failed',
  'versions missed',
  'sockets reopened',
  'ends of its processes',
];

const rowOf = ({
  workload,
  seconds,
  placed,
  failures,
  missedVersions,
  reopenedSockets,
  ends,
}: RestartResult) => [
  workload,
  seconds.toFixed(1),
  placed,
  failures.length,
  missedVersions,
  reopenedSockets,
  ends
    .map(({ how, seconds: took, graceSeconds }) => `${how} in ${took.toFixed(1)} of ${graceSeconds} s`)
    .join(', '),
];

function flawsOf(
  { workload: { name } }: Rollout,
  ends: readonly PodEnd[],
  { placed, failures, missedVersions }: LoadFigures,
): readonly string[] {
  return [
    ...(placed === 0 ? [`${name}: no order was placed while it was restarted, so nothing was shown`] : []),
    ...(failures.length > 0 ? [`${name}: ${failures.length} requests failed, the first ${failures[0]}`] : []),
    ...(missedVersions > 0 ? [`${name}: ${missedVersions} versions were missed`] : []),
    ...ends
      .filter(({ how }) => how !== 'code 0')
      .map(({ pod, how, seconds }) => `${pod} ended with ${how} after ${seconds.toFixed(1)} s`),
  ];
}
