import { changed, without } from './change-manifests.ts';
import type { Breakage } from './breakages.ts';
import { nameOf } from './manifest.ts';

const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** What objects say of each other. */
export const objectBreakages: readonly Breakage[] = [
  [
    'a Service selects nothing',
    'local',
    'selectors',
    changed('Service/orders', 'spec/selector', { 'app.kubernetes.io/name': 'order' }),
    /Service\/orders selects pods/,
  ],
  [
    'a workload does not select its pods',
    'staging',
    'selectors',
    changed('Deployment/orders', 'spec/selector/matchLabels', { app: 'orders' }),
    /Deployment\/orders selects its pods/,
  ],
  [
    'an autoscaler scales nothing',
    'staging',
    'selectors',
    changed('HorizontalPodAutoscaler/gateway', 'spec/scaleTargetRef/name', 'gate'),
    /scales Deployment\/gate: there is none/,
  ],
  [
    'a route sends to nothing',
    'production',
    'selectors',
    changed('HTTPRoute/gateway', 'spec/rules/0/backendRefs/0/port', 4004),
    /sends to gateway 4004/,
  ],
  [
    'a ServiceAccount is gone',
    'production',
    'selectors',
    without('ServiceAccount/topology'),
    /topology.* has its ServiceAccount/,
  ],
  [
    'a Secret is not made',
    'local',
    'references',
    without('Secret/nats-tls'),
    /refers to Secret\/nats-tls.*: nobody makes it/,
  ],
  [
    'a key of a Secret is another',
    'production',
    'references',
    changed('Deployment/orders', `${CONTAINER}/env/name=VIEWER_KEYS/valueFrom/secretKeyRef/key`, 'key'),
    /Secret\/viewer-keys key: it has no key/,
  ],
  [
    'a certificate is not made',
    'production',
    'references',
    without('Certificate/nats'),
    /Secret\/nats-tls.*: nobody makes it/,
  ],
  [
    'a ConfigMap is of no use',
    'local',
    'references',
    changed('Deployment/gateway', `${POD}/volumes/name=token-key`),
    /ConfigMap\/token-key.*: nothing refers to it/,
  ],
  [
    'an egress is gone',
    'local',
    'network',
    without('NetworkPolicy/orders-to-nats-egress'),
    /orders connects to nats:4222 .*: no egress/,
  ],
  [
    'an ingress is gone',
    'production',
    'network',
    without('NetworkPolicy/orders-to-postgres-ingress'),
    /orders connects to postgres-rw:5432 .*: no ingress/,
  ],
  [
    'a route of NATS has no edge',
    'production',
    'network',
    without('NetworkPolicy/nats-to-nats'),
    /nats connects to nats-0.nats-headless:6222 .*no egress/,
  ],
  [
    'one side of an edge is at another port',
    'staging',
    'network',
    changed('NetworkPolicy/gateway-to-inventory-ingress', 'spec/ingress/0/ports/0/port', 4001),
    /gateway-to-inventory-egress at 4002: its other side, ingress, is missing/,
  ],
  [
    'an edge is of no use',
    'local',
    'network',
    changed('ConfigMap/inventory-settings', 'data/NATS_URL', 'tls://elsewhere:4222'),
    /inventory-to-nats-egress at 4222 is of use: nobody connects so/,
  ],
  [
    'nothing is denied',
    'local',
    'network',
    without('NetworkPolicy/default-deny'),
    /Egress of every pod is denied at first/,
  ],
  [
    'the issuer cannot be asked for its keys',
    'production',
    'network',
    without('NetworkPolicy/gateway-to-issuer-egress'),
    /gateway connects to .*:443 \(JWT_JWKS_URL\): no egress/,
  ],
  [
    'a disruption budget is gone',
    'production',
    'availability',
    without('PodDisruptionBudget/orders'),
    /Deployment\/orders runs \d times: it has no disruption budget/,
  ],
  [
    'two autoscale one workload',
    'production',
    'availability',
    (manifests) => [
      ...manifests,
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'orders' },
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'orders' }, maxReplicas: 3 },
      },
    ],
    /orders is scaled by one: 2 autoscalers/,
  ],
  [
    'an apply undoes an autoscaler',
    'staging',
    'availability',
    (manifests) =>
      manifests.map((one) =>
        nameOf(one) === 'Deployment/gateway'
          ? { ...one, spec: { ...(one['spec'] as object), replicas: 2 } }
          : one,
      ),
    /gateway is scaled by one: every apply/,
  ],
  [
    'an alert asks for a metric that is not there',
    'production',
    'metrics',
    changed(
      'PrometheusRule/holdfast-messaging',
      'spec/groups/0/rules/0/expr',
      'sum(rate(holdfast_oder_rows[5m])) > 0',
    ),
    /asks for holdfast_oder_rows: nobody makes it/,
  ],
  [
    'a pod runs as root',
    'local',
    'security',
    changed('StatefulSet/postgres', `${POD}/securityContext/runAsUser`, 0),
    /postgres runs as a user: it may run as root/,
  ],
  [
    'a container may write everywhere',
    'production',
    'security',
    changed('Deployment/gateway', `${CONTAINER}/securityContext/readOnlyRootFilesystem`),
    /gateway gateway writes to volumes only/,
  ],
  [
    'any version of an image may run',
    'staging',
    'release',
    changed('StatefulSet/nats', `${CONTAINER}/image`, 'nats:latest'),
    /nats runs nats:latest: any version/,
  ],
  [
    'one service is of another release',
    'production',
    'release',
    changed('Deployment/inventory', `${CONTAINER}/image`, 'registry.example.com/holdfast:0.0.9'),
    /inventory runs the image of the others/,
  ],
];
