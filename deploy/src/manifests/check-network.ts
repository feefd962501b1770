import { connectionsOf } from './connections.ts';
import { podsMadeElsewhere } from './elsewhere.ts';
import type { Manifest } from './manifest.ts';
import { isAllowed, permissionsOf, type Labels, type Permission } from './network-policies.ts';
import { row, type Row } from './row.ts';
import { selects } from './selectors.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Nothing is let through that is not named; every connection that a workload opens is let out at the one and in at the other;
 * every permission between pods here has its other side, and is of use to some connection.
 */
export function checkNetwork(manifests: readonly Manifest[]): readonly Row[] {
  const permissions = permissionsOf(manifests);
  return [
    ...denyRows(manifests),
    ...connectionRows(manifests, permissions),
    ...sideRows(manifests, permissions),
    ...useRows(manifests, permissions),
    ...portRows(manifests, permissions),
  ];
}

function denyRows(manifests: readonly Manifest[]): readonly Row[] {
  const isDenied = (type: string): boolean =>
    manifests.some(({ kind, spec }) => {
      if (kind !== 'NetworkPolicy') return false;
      const { podSelector, policyTypes, ...rules } = spec as { podSelector: object; policyTypes: string[] };
      const isForAll = Object.keys(podSelector).length === 0;
      return isForAll && policyTypes.includes(type) && Object.keys(rules).length === 0;
    });
  return ['Ingress', 'Egress'].map((type) =>
    row(`${type} of every pod is denied at first`, isDenied(type), 'no policy does that'),
  );
}

function connectionRows(manifests: readonly Manifest[], permissions: readonly Permission[]): readonly Row[] {
  return connectionsOf(manifests).flatMap(({ from, saidBy, address, to }) => {
    const about = `${from.name} connects to ${address} (${saidBy})`;
    if (to === null) return [row(about, false, 'the name leads to no port of a pod')];
    if (to === 'outside') {
      const port = Number(address.split(':').at(-1));
      const isOut = isAllowed(permissions, 'egress', from.podLabels, 'outside', port);
      return [row(about, isOut, 'no egress lets it out')];
    }
    return to.pods.flatMap((pods) => [
      row(
        about,
        isAllowed(permissions, 'egress', from.podLabels, pods, to.port),
        `no egress to ${to.port} lets it out`,
      ),
      row(
        about,
        isAllowed(permissions, 'ingress', pods, from.podLabels, to.port),
        `no ingress at ${to.port} lets it in`,
      ),
    ]);
  });
}

const allPods = (manifests: readonly Manifest[]): readonly Labels[] => [
  ...workloadsOf(manifests).map(({ podLabels }) => podLabels),
  ...podsMadeElsewhere.map(({ labels }) => labels),
];

/** The pairs of pods that a permission is about, the one that connects first. */
function pairsOf(permission: Permission, pods: readonly Labels[]): readonly (readonly [Labels, Labels])[] {
  const { peer, direction } = permission;
  if (peer === 'outside' || peer === 'anywhere') return [];
  const own = pods.filter((labels) => selects(permission.pods, labels));
  const others = pods.filter((labels) => selects(peer, labels));
  return own.flatMap((one) =>
    others.map((other) => (direction === 'egress' ? ([one, other] as const) : ([other, one] as const))),
  );
}

function sideRows(manifests: readonly Manifest[], permissions: readonly Permission[]): readonly Row[] {
  const pods = allPods(manifests);
  return permissions.flatMap((permission) =>
    pairsOf(permission, pods).map(([caller, called]) => {
      const { policy, direction, port } = permission;
      const otherSide = direction === 'egress' ? 'ingress' : 'egress';
      const isThere =
        port !== null &&
        (direction === 'egress'
          ? isAllowed(permissions, 'ingress', called, caller, port)
          : isAllowed(permissions, 'egress', caller, called, port));
      return row(`${policy} at ${port}`, isThere, `its other side, ${otherSide}, is missing`);
    }),
  );
}

/** What nobody here opens a connection for must not be allowed; what operators' pods do among themselves is theirs to know. */
function useRows(manifests: readonly Manifest[], permissions: readonly Permission[]): readonly Row[] {
  const made = new Set(workloadsOf(manifests).map(({ podLabels }) => keyOf(podLabels)));
  const connections = connectionsOf(manifests);
  return permissions
    .filter(({ direction }) => direction === 'egress')
    .flatMap((permission) =>
      pairsOf(permission, allPods(manifests))
        .filter(([caller]) => made.has(keyOf(caller)))
        .map(([caller, called]) => {
          const isUsed = connections.some(
            ({ from, to }) =>
              keyOf(from.podLabels) === keyOf(caller) &&
              to !== null &&
              to !== 'outside' &&
              to.port === permission.port &&
              to.pods.some((labels) => keyOf(labels) === keyOf(called)),
          );
          return row(`${permission.policy} at ${permission.port} is of use`, isUsed, 'nobody connects so');
        }),
    );
}

const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));

/** An ingress from outside leads to a port that the pods have. */
function portRows(manifests: readonly Manifest[], permissions: readonly Permission[]): readonly Row[] {
  return permissions
    .filter(({ direction, peer }) => direction === 'ingress' && (peer === 'outside' || peer === 'anywhere'))
    .flatMap(({ policy, pods, port }) =>
      workloadsOf(manifests)
        .filter(({ podLabels }) => selects(pods, podLabels))
        .map(({ name, pod }) =>
          row(
            `${policy} leads to ${name} at ${port}`,
            pod.containers.some(({ ports }) => ports.some(({ containerPort }) => containerPort === port)),
            'its pods listen on no such port',
          ),
        ),
    );
}
