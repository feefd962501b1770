/** What a user of NATS must not do; the subject is what it publishes to, or listens on. */
export interface NatsRule {
  readonly user: string;
  readonly operation: 'publish' | 'subscribe';
  readonly subject: string;
}

const users = ['orders', 'inventory', 'gateway', 'topology', 'monitoring'] as const;
type User = (typeof users)[number];

/** Facts that only their owner may state, and the live picture of stock. */
const owners: Readonly<Record<string, User>> = {
  'orders.order.rehearsal': 'orders',
  'inventory.reservation.rehearsal': 'inventory',
  'live.inventory.stock': 'inventory',
};

/** Requests to JetStream that nobody may make, but for those that are named. */
const requests: readonly { readonly subject: string; readonly but: readonly User[] }[] = [
  { subject: '$JS.API.STREAM.DELETE.ORDERS', but: [] },
  { subject: '$JS.API.STREAM.PURGE.ORDERS', but: [] },
  { subject: '$JS.API.STREAM.PURGE.INVENTORY', but: [] },
  { subject: '$JS.API.STREAM.MSG.DELETE.ORDERS', but: [] },
  { subject: '$JS.API.STREAM.UPDATE.ORDERS', but: ['topology'] },
  { subject: '$JS.API.STREAM.CREATE.OTHER', but: ['topology'] },
  { subject: '$JS.API.STREAM.RESTORE.ORDERS', but: [] },
  { subject: '$JS.API.STREAM.LEADER.STEPDOWN.ORDERS', but: [] },
  { subject: '$JS.API.CONSUMER.DELETE.INVENTORY.orders-reservations', but: ['orders'] },
  { subject: '$JS.API.CONSUMER.MSG.NEXT.INVENTORY.orders-reservations', but: ['orders'] },
  { subject: '$JS.API.CONSUMER.DELETE.ORDERS.inventory-orders', but: ['inventory'] },
  { subject: '$JS.API.CONSUMER.MSG.NEXT.ORDERS.inventory-orders', but: ['inventory'] },
  { subject: '$JS.API.CONSUMER.PAUSE.ORDERS.inventory-orders', but: ['inventory'] },
  { subject: '$JS.ACK.ORDERS.inventory-orders.1.1.1.1.1', but: ['inventory'] },
  { subject: '$JS.ACK.INVENTORY.orders-catalogue.1.1.1.1.1', but: ['orders'] },
  { subject: '$SYS.REQ.SERVER.PING', but: [] },
  { subject: '_INBOX_gateway.rehearsal', but: [] },
];

/** Where nobody may listen, but for those that are named. */
const subscriptions: readonly { readonly subject: string; readonly but: readonly User[] }[] = [
  { subject: '>', but: [] },
  { subject: 'orders.>', but: [] },
  { subject: 'inventory.>', but: [] },
  { subject: '$JS.ACK.>', but: [] },
  { subject: '$SYS.>', but: [] },
  { subject: '_INBOX.>', but: [] },
  { subject: 'live.inventory.stock', but: ['gateway'] },
  ...users.map((user) => ({ subject: `_INBOX_${user}.>`, but: [user] })),
];

const rulesOf = (
  operation: NatsRule['operation'],
  list: readonly { readonly subject: string; readonly but: readonly User[] }[],
): readonly NatsRule[] =>
  list.flatMap(({ subject, but }) =>
    users.filter((user) => !but.includes(user)).map((user) => ({ user, operation, subject })),
  );

/** Every user and everything that it must be refused. */
export const natsRules: readonly NatsRule[] = [
  ...rulesOf(
    'publish',
    Object.entries(owners).map(([subject, owner]) => ({ subject, but: [owner] })),
  ),
  ...rulesOf('publish', requests),
  ...rulesOf('subscribe', subscriptions),
];
