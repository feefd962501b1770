import { z } from 'zod';
import { nameOf, type Manifest } from './manifest.ts';

const labels = z.record(z.string(), z.string());
const keyRef = z.looseObject({ name: z.string(), key: z.string() });
const items = z.array(z.looseObject({ key: z.string(), path: z.string() })).optional();

const envVar = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      secretKeyRef: keyRef.optional(),
      configMapKeyRef: keyRef.optional(),
      fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
    })
    .optional(),
});
const port = z.looseObject({ name: z.string().optional(), containerPort: z.number() });
const probe = z.looseObject({
  httpGet: z.looseObject({ path: z.string().optional(), port: z.union([z.string(), z.number()]) }).optional(),
});
const reference = z.looseObject({ name: z.string() });

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  ports: z.array(port).default([]),
  env: z.array(envVar).default([]),
  envFrom: z
    .array(z.looseObject({ configMapRef: reference.optional(), secretRef: reference.optional() }))
    .default([]),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
});

const volume = z.looseObject({
  name: z.string(),
  secret: z.looseObject({ secretName: z.string(), items }).optional(),
  configMap: z.looseObject({ name: z.string(), items }).optional(),
});

const pod = z.looseObject({
  metadata: z.looseObject({ labels }),
  spec: z.looseObject({
    serviceAccountName: z.string().optional(),
    containers: z.array(container),
    volumes: z.array(volume).default([]),
    topologySpreadConstraints: z
      .array(z.looseObject({ labelSelector: z.looseObject({ matchLabels: labels }) }))
      .default([]),
  }),
});

const workload = z.looseObject({
  spec: z.looseObject({
    replicas: z.number().optional(),
    serviceName: z.string().optional(),
    selector: z.looseObject({ matchLabels: labels }).optional(),
    template: pod,
    volumeClaimTemplates: z.array(z.looseObject({ metadata: reference })).default([]),
  }),
});

export type Container = z.infer<typeof container>;

/** A Deployment, StatefulSet or Job: what makes pods. */
export interface Workload {
  /** Such as `Deployment/orders`. */
  readonly name: string;
  readonly manifest: Manifest;
  readonly spec: z.infer<typeof workload>['spec'];
  readonly pod: z.infer<typeof pod>['spec'];
  readonly podLabels: Readonly<Record<string, string>>;
  /** The least that are to run: what its autoscaler says, else its own number, else 1. */
  readonly replicas: number;
}

/** @throws ZodError when a workload is not of the shape that Kubernetes wants. */
export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    .map((manifest) => {
      const { spec } = workload.parse(manifest);
      const [scaler] = scalersOf(manifests).filter(({ target }) => target === nameOf(manifest));
      return {
        name: nameOf(manifest),
        manifest,
        spec,
        pod: spec.template.spec,
        podLabels: spec.template.metadata.labels,
        replicas: scaler?.least ?? spec.replicas ?? 1,
      };
    });
}

const scaler = z.looseObject({
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ kind: z.string().default('Deployment'), name: z.string() }),
    minReplicas: z.number().optional(),
    minReplicaCount: z.number().optional(),
  }),
});

/** Whoever decides how many pods a workload has. */
export interface Scaler {
  readonly name: string;
  /** Such as `Deployment/orders`. */
  readonly target: string;
  readonly least: number;
}

/** HorizontalPodAutoscalers, and ScaledObjects of KEDA, which makes an autoscaler of each. */
export function scalersOf(manifests: readonly Manifest[]): readonly Scaler[] {
  return manifests
    .filter(({ kind }) => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind))
    .map((manifest) => {
      const { scaleTargetRef, minReplicas, minReplicaCount } = scaler.parse(manifest).spec;
      return {
        name: nameOf(manifest),
        target: `${scaleTargetRef.kind}/${scaleTargetRef.name}`,
        // An autoscaler that names no least number has 1, a ScaledObject none.
        least: minReplicas ?? minReplicaCount ?? (manifest.kind === 'ScaledObject' ? 0 : 1),
      };
    });
}
