import { z } from 'zod';
import { renderOverlay } from '../manifests/render.ts';
import { workloadsOf } from '../manifests/workloads.ts';
import type { SecurityContext } from './restricted-container.ts';

/** What production's manifests say of the container of one service. */
export interface ManifestShape {
  readonly security: SecurityContext;
  readonly memoryLimitBytes: number;
  readonly nodeOptions: string;
  /** What is left of the grace period for a drain when the pause before it is over. */
  readonly drainMs: number;
}

const podShape = z.looseObject({
  terminationGracePeriodSeconds: z.number(),
  securityContext: z.looseObject({
    runAsUser: z.number(),
    runAsGroup: z.number(),
    seccompProfile: z.looseObject({ type: z.literal('RuntimeDefault') }),
  }),
});
const containerShape = z.looseObject({
  lifecycle: z.looseObject({
    preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }) }),
  }),
  resources: z.looseObject({ limits: z.looseObject({ memory: z.string() }) }),
  securityContext: z.looseObject({
    readOnlyRootFilesystem: z.boolean(),
    allowPrivilegeEscalation: z.boolean(),
    capabilities: z.looseObject({ drop: z.array(z.string()) }),
  }),
});

/** Renders production and reads `Deployment/<service>`. @throws ZodError when it does not say all of this. */
export async function manifestShapeOf(service: string): Promise<ManifestShape> {
  const { manifests } = await renderOverlay('production');
  const workload = workloadsOf(manifests).find(({ name }) => name === `Deployment/${service}`);
  const [container] = workload?.pod.containers ?? [];
  const pod = podShape.parse(workload?.pod);
  const { securityContext, resources, lifecycle } = containerShape.parse(container);
  return {
    security: { ...pod.securityContext, ...securityContext },
    memoryLimitBytes: bytesOf(resources.limits.memory),
    nodeOptions: container?.env.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? '',
    drainMs: (pod.terminationGracePeriodSeconds - lifecycle.preStop.sleep.seconds) * 1_000,
  };
}

const UNITS: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

function bytesOf(quantity: string): number {
  const [, count, unit] = /^(\d+)(Ki|Mi|Gi)$/.exec(quantity) ?? [];
  if (unit === undefined) throw new Error(`${quantity} is no quantity of memory in Ki, Mi or Gi`);
  return Number(count) * UNITS[unit]!;
}
