import { z } from 'zod';
import type { Manifest } from './manifest.ts';
import { row, type Row } from './row.ts';
import { workloadsOf, type Workload } from './workloads.ts';

const podShape = z.looseObject({
  automountServiceAccountToken: z.boolean().optional(),
  enableServiceLinks: z.boolean().optional(),
  securityContext: z
    .looseObject({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: z.number().optional(),
      runAsGroup: z.number().optional(),
      seccompProfile: z.looseObject({ type: z.string() }).optional(),
    })
    .default({}),
});
const containerShape = z.looseObject({
  resources: z
    .looseObject({
      requests: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      limits: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
    })
    .default({ requests: {}, limits: {} }),
  securityContext: z
    .looseObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z
        .looseObject({ drop: z.array(z.string()).default([]), add: z.array(z.string()).default([]) })
        .optional(),
    })
    .default({}),
});

/** Every pod may do as little as it can, and says what it needs; the namespace refuses one that may do more. */
export function checkSecurity(manifests: readonly Manifest[]): readonly Row[] {
  const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
  return [
    ...namespaces.map(({ metadata }) =>
      row(
        `Namespace/${metadata.name} enforces`,
        metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
        'it does not enforce Pod Security restricted',
      ),
    ),
    ...workloadsOf(manifests).flatMap((workload) => [
      ...podRows(workload),
      ...workload.pod.containers.flatMap((container) => containerRows(workload, container.name, container)),
    ]),
  ];
}

function podRows({ name, pod }: Workload): readonly Row[] {
  const { automountServiceAccountToken, enableServiceLinks, securityContext: context } = podShape.parse(pod);
  const isUser = (id: number | undefined): boolean => id !== undefined && id > 0;
  return [
    row(`${name} mounts no token`, automountServiceAccountToken === false, 'it mounts one'),
    row(`${name} has no links to Services`, enableServiceLinks === false, 'it has them in its environment'),
    row(
      `${name} runs as a user`,
      context.runAsNonRoot === true && isUser(context.runAsUser) && isUser(context.runAsGroup),
      'it may run as root, or as nobody with a number',
    ),
    row(
      `${name} has a seccomp profile`,
      context.seccompProfile?.type === 'RuntimeDefault',
      'it has none of the runtime',
    ),
  ];
}

function containerRows({ name }: Workload, container: string, given: object): readonly Row[] {
  const { resources, securityContext: context } = containerShape.parse(given);
  const about = `${name} ${container}`;
  const { drop = [], add = [] } = context.capabilities ?? {};
  return [
    row(`${about} gains no privileges`, context.allowPrivilegeEscalation === false, 'it may'),
    row(`${about} writes to volumes only`, context.readOnlyRootFilesystem === true, 'its root is writable'),
    row(`${about} has no capabilities`, drop.includes('ALL') && add.length === 0, 'it has some'),
    row(
      `${about} says what it needs`,
      'cpu' in resources.requests && 'memory' in resources.requests && 'memory' in resources.limits,
      'a request of CPU, or a request or limit of memory, is missing',
    ),
  ];
}
