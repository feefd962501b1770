import { changed, replaced } from './change-manifests.ts';
import type { Breakage } from './breakages.ts';

const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** What programs are given: settings, ports, rights in NATS. */
export const programBreakages: readonly Breakage[] = [
  [
    'a setting is gone',
    'local',
    'settings',
    changed('Deployment/orders', `${CONTAINER}/env/name=ORDERS_DATABASE_URL`),
    /orders reads ORDERS_DATABASE_URL: .*not set/,
  ],
  [
    'a setting takes in one that comes later',
    'local',
    'settings',
    changed('Job/orders-migrate', `${CONTAINER}/env/name=DATABASE_USER`),
    /orders-migrate.* sets ORDERS_DATABASE_URL: \$\(DATABASE_USER\) does not stand before it/,
  ],
  [
    'a setting has a wrong value',
    'production',
    'settings',
    changed('ConfigMap/gateway-settings', 'data/ORDERS_URL', 'orders'),
    /gateway reads ORDERS_URL: .*allowed/,
  ],
  [
    'a setting is misspelt',
    'production',
    'settings',
    changed('Deployment/inventory', `${CONTAINER}/env/name=NODE_OPTIONS/name`, 'NODE_OPTION'),
    /inventory sets NODE_OPTION: nobody reads it/,
  ],
  [
    'a password of NATS is not passed on',
    'production',
    'settings',
    changed('StatefulSet/nats', `${CONTAINER}/env/name=NATS_GATEWAY_PASSWORD`),
    /nats reads NATS_GATEWAY_PASSWORD: it is not set/,
  ],
  [
    'a password of PostgreSQL is not passed on',
    'local',
    'settings',
    changed('StatefulSet/postgres', `${CONTAINER}/env/name=ORDERS_PASSWORD`),
    /postgres reads ORDERS_PASSWORD: it is not set/,
  ],
  [
    'a program is not there',
    'local',
    'ports',
    changed('Deployment/gateway', `${CONTAINER}/args/0`, 'gateway/src/mian.ts'),
    /runs gateway\/src\/mian.ts: no such file/,
  ],
  [
    'a port is another',
    'staging',
    'ports',
    changed('Deployment/orders', `${CONTAINER}/ports/name=http/containerPort`, 4003),
    /orders listens on ORDERS_PORT/,
  ],
  [
    'a probe asks another path',
    'staging',
    'ports',
    changed('Deployment/orders', `${CONTAINER}/livenessProbe/httpGet/path`, '/readyz'),
    /orders orders livenessProbe asks \/readyz/,
  ],
  [
    'a pod ends before it has drained',
    'local',
    'ports',
    changed('Deployment/gateway', `${POD}/terminationGracePeriodSeconds`, 30),
    /gateway has time to end: 30 s for what may take 35 s/,
  ],
  [
    'NATS ends before its clients have left',
    'production',
    'ports',
    changed('StatefulSet/nats', `${POD}/terminationGracePeriodSeconds`, 30),
    /nats has time to end/,
  ],
  [
    'a Service leads to a port that is not there',
    'local',
    'ports',
    changed('Service/gateway', 'spec/ports/0/targetPort', 'web'),
    /Service\/gateway port 4000/,
  ],
  [
    'a right names a consumer that is not there',
    'local',
    'messaging',
    replaced(
      'ConfigMap/nats-config',
      'nats-users.conf',
      '$JS.ACK.ORDERS.inventory-orders.>',
      '$JS.ACK.ORDERS.inventory-order.>',
    ),
    /inventory-orders is acknowledged by one user: by none/,
  ],
  [
    'a user is gone',
    'production',
    'messaging',
    replaced('ConfigMap/nats-config', 'nats-users.conf', 'user: gateway', 'user: gatekeeper'),
    /gateway connects as \{Secret nats-gateway username\}: NATS has no such user/,
  ],
  [
    'a user reads the inbox of another',
    'local',
    'messaging',
    replaced('ConfigMap/nats-config', 'nats-users.conf', '_INBOX_gateway.>', '_INBOX_orders.>'),
    /gateway may subscribe to _INBOX_orders/,
  ],
  [
    'streams have fewer copies than servers',
    'production',
    'messaging',
    changed('ConfigMap/topology-settings', 'data/NATS_STREAM_REPLICAS', '1'),
    /makes streams of 1: there are 3 servers/,
  ],
  [
    'a consumer that scales is misspelt',
    'production',
    'messaging',
    changed('ScaledObject/inventory', 'spec/triggers/1/metadata/consumer', 'inventory-order'),
    /follows HOLDFAST ORDERS inventory-order:/,
  ],
];
