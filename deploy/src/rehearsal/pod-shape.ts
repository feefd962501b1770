import { z } from 'zod';
import type { Workload } from '../manifests/workloads.ts';

const probe = z.looseObject({
  httpGet: z
    .looseObject({ path: z.string().default('/'), port: z.union([z.string(), z.number()]) })
    .optional(),
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  timeoutSeconds: z.number().default(1),
  failureThreshold: z.number().default(3),
  successThreshold: z.number().default(1),
});
export type Probe = z.infer<typeof probe>;

const lifecycle = z.looseObject({
  preStop: z
    .looseObject({
      sleep: z.looseObject({ seconds: z.number() }).optional(),
      exec: z.looseObject({ command: z.array(z.string()) }).optional(),
    })
    .optional(),
});

const containerTimes = z.looseObject({
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  lifecycle: lifecycle.default({}),
});
export type ContainerTimes = z.infer<typeof containerTimes>;

/** How a container is asked whether it is well, and told to end. Defaults are those of Kubernetes. @throws ZodError */
export const timesOf = (container: unknown): ContainerTimes => containerTimes.parse(container);

const rollout = z.looseObject({
  minReadySeconds: z.number().default(0),
  activeDeadlineSeconds: z.number().default(3_600),
  backoffLimit: z.number().default(6),
  strategy: z
    .looseObject({
      rollingUpdate: z
        .looseObject({
          maxSurge: z.union([z.string(), z.number()]).default('25%'),
          maxUnavailable: z.union([z.string(), z.number()]).default('25%'),
        })
        .default({ maxSurge: '25%', maxUnavailable: '25%' }),
    })
    .default({ rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }),
  template: z.looseObject({
    spec: z.looseObject({ terminationGracePeriodSeconds: z.number().default(30) }),
  }),
});

/** How a workload is rolled out, and how long its pods have to end. Defaults are those of Kubernetes. @throws ZodError */
export function rolloutOf({ spec, replicas }: Workload) {
  const { minReadySeconds, activeDeadlineSeconds, backoffLimit, strategy, template } = rollout.parse(spec);
  const { maxSurge, maxUnavailable } = strategy.rollingUpdate;
  return {
    minReadySeconds,
    activeDeadlineSeconds,
    backoffLimit,
    maxSurge: countOf(maxSurge, replicas, Math.ceil),
    maxUnavailable: countOf(maxUnavailable, replicas, Math.floor),
    graceSeconds: template.spec.terminationGracePeriodSeconds,
  };
}

const countOf = (value: string | number, replicas: number, round: (count: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseFloat(value) / 100) * replicas);

const volume = z.looseObject({
  name: z.string(),
  emptyDir: z.looseObject({}).optional(),
  secret: z
    .looseObject({
      secretName: z.string(),
      items: z.array(z.looseObject({ key: z.string(), path: z.string() })).optional(),
    })
    .optional(),
  configMap: z
    .looseObject({
      name: z.string(),
      items: z.array(z.looseObject({ key: z.string(), path: z.string() })).optional(),
    })
    .optional(),
});
export type Volume = z.infer<typeof volume>;
export const volumesOf = (volumes: unknown): readonly Volume[] => z.array(volume).parse(volumes);
