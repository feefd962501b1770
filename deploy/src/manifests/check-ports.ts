import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { entryOf } from './check-settings.ts';
import { contentOf, environmentOf } from './environment.ts';
import { nameOf, type Manifest } from './manifest.ts';
import { drainDeadlineSeconds, healthPaths, repository } from './processes.ts';
import { row, type Row } from './row.ts';
import { selects } from './selectors.ts';
import { workloadsOf, type Container, type Workload } from './workloads.ts';

const PROBES = { startupProbe: '/readyz', readinessProbe: '/readyz', livenessProbe: '/livez' } as const;

/** Programs, ports, probes and the time to drain are those of the code; Services lead to ports that their pods have. */
export function checkPorts(manifests: readonly Manifest[]): readonly Row[] {
  const workloads = workloadsOf(manifests);
  return [
    ...workloads.flatMap((workload) =>
      workload.pod.containers.flatMap((container) => [
        ...programRows(workload, container, manifests),
        ...probeRows(workload, container),
      ]),
    ),
    ...workloads.flatMap((workload) => graceRows(workload, manifests)),
    ...manifests.filter(({ kind }) => kind === 'Service').flatMap((one) => serviceRows(one, workloads)),
  ];
}

function programRows(
  workload: Workload,
  container: Container,
  manifests: readonly Manifest[],
): readonly Row[] {
  const entry = entryOf(container);
  if (entry === null || workload.manifest.kind === 'Job') return [];
  const environment = new Map(
    environmentOf(container, manifests).variables.map(({ name, value }) => [name, value]),
  );
  const own = `${container.name.toUpperCase()}_PORT`;
  const portRow = (setting: string, name: string): Row => {
    const port = container.ports.find((one) => one.name === name)?.containerPort;
    return row(
      `${workload.name} listens on ${setting}`,
      port !== undefined && environment.get(setting) === String(port),
      `${setting} is ${environment.get(setting)}, its port ${name} is ${port}`,
    );
  };
  return [
    row(`${workload.name} runs ${entry}`, existsSync(join(repository, entry)), 'no such file'),
    portRow(own, 'http'),
    portRow('METRICS_PORT', 'metrics'),
  ];
}

function probeRows(workload: Workload, container: Container): readonly Row[] {
  const isOwn = entryOf(container) !== null;
  return (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((kind) => {
    const about = `${workload.name} ${container.name} ${kind}`;
    const http = container[kind]?.httpGet;
    if (http === undefined) {
      const isMissing = isOwn && workload.manifest.kind !== 'Job';
      return isMissing ? [row(about, false, 'there is none')] : [];
    }
    const path = http.path ?? '/';
    const isKnown = isOwn ? path === PROBES[kind] && healthPaths().has(path) : path.startsWith('/healthz');
    const hasPort = container.ports.some((one) => one.name === http.port || one.containerPort === http.port);
    return [
      row(`${about} asks ${path}`, isKnown, 'the code answers no such path, or another is meant'),
      row(`${about} asks port ${http.port}`, hasPort, 'the container has no such port'),
    ];
  });
}

const graceShape = z.looseObject({
  terminationGracePeriodSeconds: z.number().default(30),
  containers: z.array(
    z.looseObject({
      lifecycle: z
        .looseObject({
          preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }).optional() }).optional(),
        })
        .optional(),
    }),
  ),
});

/** What comes before the end, and the end itself, fit into the time that a pod is given. */
function graceRows(workload: Workload, manifests: readonly Manifest[]): readonly Row[] {
  const { terminationGracePeriodSeconds: given, containers } = graceShape.parse(workload.pod);
  const sleep = containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const isService = workload.pod.containers.some((one) => entryOf(one) !== null);
  const needed = isService ? sleep + drainDeadlineSeconds() : lameDuckSeconds(workload, manifests);
  if (needed === 0) return [];
  return [
    row(`${workload.name} has time to end`, needed < given, `${given} s for what may take ${needed} s`),
  ];
}

function lameDuckSeconds(workload: Workload, manifests: readonly Manifest[]): number {
  const texts = workload.pod.volumes.flatMap(({ configMap }) =>
    Object.values(contentOf(manifests, 'ConfigMap', configMap?.name ?? '') ?? {}),
  );
  return [...texts.join('\n').matchAll(/lame_duck_(?:duration|grace_period): "(\d+)s"/g)].reduce(
    (sum, [, seconds]) => sum + Number(seconds),
    0,
  );
}

const serviceShape = z.looseObject({
  selector: z.record(z.string(), z.string()),
  ports: z.array(
    z.looseObject({
      name: z.string().optional(),
      port: z.number(),
      targetPort: z.union([z.string(), z.number()]).optional(),
    }),
  ),
});

function serviceRows(service: Manifest, workloads: readonly Workload[]): readonly Row[] {
  const { selector, ports } = serviceShape.parse(service['spec']);
  const behind = workloads.filter(({ podLabels }) => selects({ matchLabels: selector }, podLabels));
  return ports.flatMap(({ port, targetPort = port }) =>
    behind.map(({ name, pod }) =>
      row(
        `${nameOf(service)} port ${port} leads to ${name}`,
        pod.containers
          .flatMap((one) => one.ports)
          .some((one) => one.name === targetPort || one.containerPort === targetPort),
        `its pods have no port ${targetPort}`,
      ),
    ),
  );
}
