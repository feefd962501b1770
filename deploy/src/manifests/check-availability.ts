import { z } from 'zod';
import { nameOf, type Manifest } from './manifest.ts';
import { row, type Row } from './row.ts';
import { selectorShape, selects } from './selectors.ts';
import { scalersOf, workloadsOf } from './workloads.ts';

/** Whatever runs more than once has a disruption budget, and one autoscaler at most. */
export function checkAvailability(manifests: readonly Manifest[]): readonly Row[] {
  const budgets = manifests
    .filter(({ kind }) => kind === 'PodDisruptionBudget')
    .map(({ spec }) => z.looseObject({ selector: selectorShape }).parse(spec).selector);
  const targets = scalersOf(manifests).map(({ target }) => target);
  const workloads = workloadsOf(manifests).filter(({ manifest }) => manifest.kind !== 'Job');
  return [
    ...workloads.map(({ name, replicas, podLabels }) =>
      row(
        `${name} runs ${replicas} times`,
        replicas <= 1 || budgets.some((selector) => selects(selector, podLabels)),
        'it has no disruption budget',
      ),
    ),
    ...workloads.map(({ name, spec }) => {
      const scalers = targets.filter((target) => target === name).length;
      return row(
        `${name} is scaled by one`,
        scalers + Number(spec.replicas !== undefined) <= 1,
        scalers > 1
          ? `${scalers} autoscalers fight over it`
          : 'every apply would undo what its autoscaler decided',
      );
    }),
    ...manifests
      .filter(({ kind }) => kind === 'Cluster')
      .map((cluster) => {
        const { instances, enablePDB } = z
          .looseObject({ instances: z.number(), enablePDB: z.boolean().default(true) })
          .parse(cluster['spec']);
        return row(
          `${nameOf(cluster)} runs ${instances} times`,
          instances <= 1 || enablePDB,
          'it has no disruption budget',
        );
      }),
  ];
}
