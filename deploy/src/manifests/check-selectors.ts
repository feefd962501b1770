import { z } from 'zod';
import { podsMadeElsewhere } from './elsewhere.ts';
import { nameOf, type Manifest } from './manifest.ts';
import { row, type Row } from './row.ts';
import { selectorShape, selects, type Selector } from './selectors.ts';
import { scalersOf, workloadsOf, type Workload } from './workloads.ts';

const of = (manifests: readonly Manifest[], ...kinds: readonly string[]): readonly Manifest[] =>
  manifests.filter(({ kind }) => kinds.includes(kind));

/** Whatever selects something, or names another object, finds it. */
export function checkSelectors(manifests: readonly Manifest[]): readonly Row[] {
  const workloads = workloadsOf(manifests);
  const names = new Set(manifests.map(nameOf));
  return [
    ...workloads.flatMap((workload) => workloadRows(workload, names)),
    ...of(manifests, 'Service').map((service) => {
      const { selector } = z
        .looseObject({ selector: z.record(z.string(), z.string()) })
        .parse(service['spec']);
      return finds(nameOf(service), { matchLabels: selector }, workloads);
    }),
    ...of(manifests, 'PodDisruptionBudget').map((budget) => {
      const { selector } = z.looseObject({ selector: selectorShape }).parse(budget['spec']);
      const found = workloads.filter(({ podLabels }) => selects(selector, podLabels));
      return row(`${nameOf(budget)} selects one workload`, found.length === 1, `it selects ${found.length}`);
    }),
    ...scalersOf(manifests).map(({ name, target }) =>
      row(`${name} scales ${target}`, names.has(target), 'there is none'),
    ),
    ...of(manifests, 'NetworkPolicy').flatMap((policy) => policyRows(policy, workloads)),
    ...of(manifests, 'ServiceMonitor').flatMap((monitor) => monitorRows(monitor, manifests)),
    ...of(manifests, 'HTTPRoute', 'Ingress').flatMap((route) => backendRows(route, manifests)),
  ];
}

function finds(about: string, selector: Selector, workloads: readonly Workload[]): Row {
  const known = [
    ...workloads.map(({ podLabels }) => podLabels),
    ...podsMadeElsewhere.map(({ labels }) => labels),
  ];
  return row(
    `${about} selects pods`,
    known.some((labels) => selects(selector, labels)),
    `nothing has ${JSON.stringify(selector)}`,
  );
}

function workloadRows({ name, spec, pod, podLabels }: Workload, names: ReadonlySet<string>): readonly Row[] {
  const { selector, serviceName, volumeClaimTemplates } = spec;
  return [
    ...(selector ? [row(`${name} selects its pods`, selects(selector, podLabels), 'it does not')] : []),
    ...pod.topologySpreadConstraints.map(({ labelSelector }) =>
      row(`${name} spreads its pods`, selects(labelSelector, podLabels), 'it counts others'),
    ),
    row(
      `${name} has its ServiceAccount`,
      names.has(`ServiceAccount/${pod.serviceAccountName ?? ''}`),
      `there is no ${pod.serviceAccountName}`,
    ),
    ...(serviceName === undefined
      ? []
      : [row(`${name} has its Service`, names.has(`Service/${serviceName}`), `there is no ${serviceName}`)]),
    // What identifies pods and claims cannot be changed later.
    ...[selector?.matchLabels, ...volumeClaimTemplates.map(({ metadata }) => metadata['labels'] as object)]
      .filter((labels) => labels !== undefined)
      .map((labels) =>
        row(
          `${name} can be upgraded`,
          !('app.kubernetes.io/version' in labels),
          'its version is in what cannot be changed',
        ),
      ),
  ];
}

const peers = z
  .array(
    z.looseObject({
      from: z.array(z.looseObject({ podSelector: selectorShape.optional() })).optional(),
      to: z.array(z.looseObject({ podSelector: selectorShape.optional() })).optional(),
    }),
  )
  .default([]);
const policyShape = z.looseObject({ podSelector: selectorShape, ingress: peers, egress: peers });

function policyRows(policy: Manifest, workloads: readonly Workload[]): readonly Row[] {
  const { podSelector, ingress, egress } = policyShape.parse(policy['spec']);
  const inNamespace = [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)]
    .filter((peer) => !('namespaceSelector' in peer))
    .flatMap(({ podSelector }) => (podSelector ? [podSelector] : []));
  return [podSelector, ...inNamespace].map((selector) => finds(nameOf(policy), selector, workloads));
}

const monitorShape = z.looseObject({
  selector: selectorShape,
  endpoints: z.array(z.looseObject({ port: z.string() })),
});

function monitorRows(monitor: Manifest, manifests: readonly Manifest[]): readonly Row[] {
  const { selector, endpoints } = monitorShape.parse(monitor['spec']);
  const services = of(manifests, 'Service').filter(({ metadata }) =>
    selects(selector, metadata.labels ?? {}),
  );
  return endpoints.map(({ port }) =>
    row(
      `${nameOf(monitor)} scrapes port ${port}`,
      services.some(({ spec }) => portsOf(spec).some(({ name }) => name === port)),
      'no Service that it selects has such a port',
    ),
  );
}

const portsOf = (spec: unknown) =>
  z
    .looseObject({ ports: z.array(z.looseObject({ name: z.string().optional(), port: z.number() })) })
    .parse(spec).ports;

/** The Services that a route or an Ingress sends to, wherever they stand in it. */
function backendRows(route: Manifest, manifests: readonly Manifest[]): readonly Row[] {
  const found = [
    ...JSON.stringify(route['spec']).matchAll(
      /"name":"([\w-]+)","port":(\d+)|"service":\{"name":"([\w-]+)","port":\{"(?:name|number)":"?(\w+)/g,
    ),
  ];
  return found.map(([, name1, port1, name2, port2]) => {
    const [name, port] = [name1 ?? name2, port1 ?? port2];
    const service = of(manifests, 'Service').find(({ metadata }) => metadata.name === name);
    const ports = service ? portsOf(service['spec']) : [];
    return row(
      `${nameOf(route)} sends to ${name} ${port}`,
      ports.some((one) => String(one.port) === port || one.name === port),
      'there is no such Service, or it has no such port',
    );
  });
}
