import { z } from 'zod';
import { nameOf, type Manifest } from './manifest.ts';
import { selectorShape, selects, type Selector } from './selectors.ts';

const peer = z.strictObject({
  podSelector: selectorShape.optional(),
  namespaceSelector: selectorShape.optional(),
  ipBlock: z.strictObject({ cidr: z.string(), except: z.array(z.string()).optional() }).optional(),
});
const port = z.strictObject({ protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'), port: z.number() });
const policyShape = z.strictObject({
  podSelector: selectorShape,
  policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
  ingress: z
    .array(z.strictObject({ from: z.array(peer).optional(), ports: z.array(port).optional() }))
    .default([]),
  egress: z
    .array(z.strictObject({ to: z.array(peer).optional(), ports: z.array(port).optional() }))
    .default([]),
});

export type Labels = Readonly<Record<string, string>>;

/** One permission of a NetworkPolicy, for one of its ports, in one direction, with one peer. */
export interface Permission {
  /** Such as `NetworkPolicy/gateway-to-orders-egress`. */
  readonly policy: string;
  readonly direction: 'ingress' | 'egress';
  /** Whose traffic it is. */
  readonly pods: Selector;
  /** Pods of this namespace; `outside` for other namespaces and addresses; `anywhere` where no peer is named. */
  readonly peer: Selector | 'outside' | 'anywhere';
  /** Null for every port. */
  readonly port: number | null;
}

/** @throws ZodError for a policy that says what is not understood here. */
export function permissionsOf(manifests: readonly Manifest[]): readonly Permission[] {
  return manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap((manifest) => {
      const { podSelector, ingress, egress } = policyShape.parse(manifest['spec']);
      const rules = [
        ...ingress.map(({ from, ports }) => ({ direction: 'ingress' as const, peers: from, ports })),
        ...egress.map(({ to, ports }) => ({ direction: 'egress' as const, peers: to, ports })),
      ];
      return rules.flatMap(({ direction, peers, ports }) =>
        (peers?.map(peerOf) ?? ['anywhere' as const]).flatMap((peer) =>
          (ports?.map((one) => one.port) ?? [null]).map((port) => ({
            policy: nameOf(manifest),
            direction,
            pods: podSelector,
            peer,
            port,
          })),
        ),
      );
    });
}

const peerOf = ({ podSelector, namespaceSelector }: z.infer<typeof peer>): Permission['peer'] =>
  podSelector !== undefined && namespaceSelector === undefined ? podSelector : 'outside';

/** Whether something lets `pods` send to, or take from, `others` at that port. */
export function isAllowed(
  permissions: readonly Permission[],
  direction: Permission['direction'],
  pods: Labels,
  others: Labels | 'outside',
  port: number,
): boolean {
  return permissions.some(
    (one) =>
      one.direction === direction &&
      selects(one.pods, pods) &&
      (one.port === null || one.port === port) &&
      (one.peer === 'anywhere' ||
        (others === 'outside' || one.peer === 'outside' ? one.peer === others : selects(one.peer, others))),
  );
}
