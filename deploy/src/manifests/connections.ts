import { z } from 'zod';
import { servicesMadeElsewhere } from './elsewhere.ts';
import { contentOf, environmentOf } from './environment.ts';
import type { Manifest } from './manifest.ts';
import type { Labels } from './network-policies.ts';
import { selects } from './selectors.ts';
import { workloadsOf, type Workload } from './workloads.ts';

/** One connection that a workload opens, as its settings or its configuration say. */
export interface Connection {
  readonly from: Workload;
  /** Where that is said, such as `NATS_URL`. */
  readonly saidBy: string;
  /** As it is said, such as `nats:4222`. */
  readonly address: string;
  /** The pods at its end, with the port that they listen on; `outside` the cluster; null when the name leads nowhere. */
  readonly to: { readonly pods: readonly Labels[]; readonly port: number } | 'outside' | null;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  nats: 4222,
  tls: 4222,
  postgres: 5432,
  postgresql: 5432,
};

/** What every workload connects to: addresses in its environment, and the routes of NATS. */
export function connectionsOf(manifests: readonly Manifest[]): readonly Connection[] {
  return workloadsOf(manifests).flatMap((from) => {
    const settings = from.pod.containers.flatMap((container) =>
      environmentOf(container, manifests)
        .variables.filter(({ name }) => name.endsWith('_URL'))
        .flatMap(({ name, value }) => value.split(',').map((url) => ({ saidBy: name, url }))),
    );
    const routes = from.pod.volumes
      .flatMap(({ configMap }) =>
        Object.values(contentOf(manifests, 'ConfigMap', configMap?.name ?? '') ?? {}),
      )
      .flatMap((text) => [...text.matchAll(/"nats:\/\/[^"]+"/g)])
      .map(([url]) => ({ saidBy: 'a route', url: url.slice(1, -1) }));
    return [...settings, ...routes].map(({ saidBy, url }) => {
      const { host, port } = addressOf(url);
      return { from, saidBy, address: `${host}:${port}`, to: endOf(host, port, manifests) };
    });
  });
}

/** Passwords may stand for Secrets and are no part of what is asked here. */
function addressOf(url: string): { readonly host: string; readonly port: number } {
  const [, protocol = '', host = '', port] = /^(\w+):\/\/(?:.*@)?([^:/?]+)(?::(\d+))?/.exec(url) ?? [];
  return { host, port: port === undefined ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port) };
}

const serviceShape = z.looseObject({
  selector: z.record(z.string(), z.string()),
  ports: z.array(
    z.looseObject({ port: z.number(), targetPort: z.union([z.string(), z.number()]).optional() }),
  ),
});

/** A name is a Service's, or `pod.service`, with or without the domain of the namespace; a name with another domain is outside. */
function endOf(host: string, port: number, manifests: readonly Manifest[]): Connection['to'] {
  const parts = host.replace(/\.holdfast(\.svc(\.cluster\.local)?)?$/, '').split('.');
  const [name, podName] = parts.length === 2 ? [parts[1], parts[0]] : [parts[0], undefined];
  const elsewhere = servicesMadeElsewhere.find((one) => one.name === name && one.port === port);
  const hasCluster = manifests.some(({ kind }) => kind === 'Cluster');
  if (elsewhere !== undefined) return hasCluster ? { pods: [elsewhere.labels], port } : null;
  const service = manifests.find((one) => one.kind === 'Service' && one.metadata.name === name);
  if (service === undefined) return parts.length > 1 ? 'outside' : null;
  const { selector, ports } = serviceShape.parse(service['spec']);
  const target = ports.find((one) => one.port === port);
  if (target === undefined) return null;
  const behind = workloadsOf(manifests)
    .filter(({ podLabels }) => selects({ matchLabels: selector }, podLabels))
    .filter((one) => podName === undefined || podNames(one).includes(podName));
  const container = behind.flatMap((one) => one.pod.containers.flatMap((container) => container.ports));
  const { targetPort = port } = target;
  const number =
    typeof targetPort === 'number'
      ? targetPort
      : container.find((one) => one.name === targetPort)?.containerPort;
  return number === undefined || behind.length === 0
    ? null
    : { pods: behind.map(({ podLabels }) => podLabels), port: number };
}

const podNames = ({ manifest, replicas }: Workload): readonly string[] =>
  Array.from({ length: replicas }, (_, ordinal) => `${manifest.metadata.name}-${ordinal}`);
