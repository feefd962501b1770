import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { connectNats } from './connection.ts';
import { contracts } from './contracts/contracts.ts';
import { asUser, refusedOf, withUsers, type Attempt } from './nats-users-workbench.ts';
import { natsUsers, type NatsRight, type NatsUser } from './nats-users.ts';
import { provisionTopology } from './provision-topology.ts';
import { testLog } from './relay-workbench.ts';

type Row = readonly [kind: NatsRight['allow'], subject: string, may: readonly NatsUser[]];

/** What somebody might try, and who alone may do it. Written out here, not derived, so that a right too many is seen. */
const rows: readonly Row[] = [
  // Facts, and what looks like them.
  ...Object.values(contracts).map(({ subject }): Row => [
    'publish',
    subject,
    subject.startsWith('orders.') ? ['orders'] : ['inventory'],
  ]),
  ['publish', 'live.inventory.stock', ['inventory']],
  ['publish', 'live.inventory.other', []],
  ['publish', 'anything', []],
  // Listening past the streams, and to answers for others.
  ['subscribe', '>', []],
  ['subscribe', 'orders.>', []],
  ['subscribe', 'orders.order.placed.v1', []],
  ['subscribe', 'inventory.>', []],
  ['subscribe', 'live.inventory.stock', ['gateway']],
  ['subscribe', '$JS.API.>', []],
  ['subscribe', '$JS.ACK.>', []],
  ['subscribe', '$JS.EVENT.>', []],
  ['subscribe', '$SYS.>', []],
  ['subscribe', '_INBOX.>', []],
  ['subscribe', '_INBOX_orders.>', ['orders']],
  ['subscribe', '_INBOX_inventory.>', ['inventory']],
  ['subscribe', '_INBOX_gateway.>', ['gateway']],
  ['subscribe', '_INBOX_topology.>', ['topology']],
  ['subscribe', '_INBOX_monitoring.>', ['monitoring']],
  ['publish', '_INBOX_orders.forged', []],
  ['publish', '_INBOX_gateway.forged', []],
  // Streams.
  ['publish', '$JS.API.INFO', ['monitoring']],
  ['publish', '$JS.API.STREAM.NAMES', ['monitoring']],
  ['publish', '$JS.API.STREAM.LIST', ['monitoring']],
  ['publish', '$JS.API.STREAM.INFO.ORDERS', ['orders', 'inventory', 'gateway', 'topology', 'monitoring']],
  ['publish', '$JS.API.STREAM.INFO.INVENTORY', ['orders', 'inventory', 'topology', 'monitoring']],
  ['publish', '$JS.API.STREAM.CREATE.ORDERS', ['topology']],
  ['publish', '$JS.API.STREAM.CREATE.INVENTORY', ['topology']],
  ['publish', '$JS.API.STREAM.CREATE.MINE', []],
  ['publish', '$JS.API.STREAM.UPDATE.ORDERS', ['topology']],
  ['publish', '$JS.API.STREAM.UPDATE.INVENTORY', ['topology']],
  ['publish', '$JS.API.STREAM.DELETE.ORDERS', []],
  ['publish', '$JS.API.STREAM.DELETE.INVENTORY', []],
  ['publish', '$JS.API.STREAM.PURGE.ORDERS', []],
  ['publish', '$JS.API.STREAM.PURGE.INVENTORY', []],
  ['publish', '$JS.API.STREAM.MSG.DELETE.ORDERS', []],
  ['publish', '$JS.API.STREAM.MSG.DELETE.INVENTORY', []],
  ['publish', '$JS.API.STREAM.MSG.GET.ORDERS', []],
  ['publish', '$JS.API.STREAM.MSG.GET.INVENTORY', []],
  ['publish', '$JS.API.DIRECT.GET.ORDERS', ['orders', 'inventory']],
  ['publish', '$JS.API.DIRECT.GET.INVENTORY', ['orders', 'inventory']],
  ['publish', '$JS.API.DIRECT.GET.ORDERS.orders.order.placed.v1', []],
  ['publish', '$JS.API.STREAM.SNAPSHOT.ORDERS', []],
  ['publish', '$JS.API.STREAM.RESTORE.ORDERS', []],
  ['publish', '$JS.API.STREAM.LEADER.STEPDOWN.ORDERS', []],
  ['publish', '$JS.API.STREAM.PEER.REMOVE.ORDERS', []],
  ['publish', '$JS.API.META.LEADER.STEPDOWN', []],
  ['publish', '$JS.API.SERVER.REMOVE', []],
  ['publish', '$JS.API.ACCOUNT.PURGE.HOLDFAST', []],
  ['publish', '$SYS.REQ.SERVER.PING', []],
  // Consumers: reading in another's place, acknowledging for it, moving it, making one that is nobody's.
  ...(
    [
      ['ORDERS', 'inventory-orders', 'orders.>', 'inventory'],
      ['INVENTORY', 'orders-reservations', 'inventory.reservation.>', 'orders'],
      ['INVENTORY', 'orders-catalogue', 'inventory.product.>', 'orders'],
    ] as const
  ).flatMap(([stream, name, filter, owner]): Row[] => [
    ['publish', `$JS.API.CONSUMER.INFO.${stream}.${name}`, [owner, 'topology', 'monitoring']],
    ['publish', `$JS.API.CONSUMER.CREATE.${stream}.${name}.${filter}`, [owner, 'topology']],
    ['publish', `$JS.API.CONSUMER.CREATE.${stream}.${name}`, []],
    // With a narrower filter it is within the owner's right, whose last word is a wildcard to the server.
    [
      'publish',
      `$JS.API.CONSUMER.CREATE.${stream}.${name}.orders.order.>`,
      name === 'inventory-orders' ? [owner, 'topology'] : [],
    ],
    ['publish', `$JS.API.CONSUMER.CREATE.${stream}.${name}.other.>`, []],
    ['publish', `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${name}`, []],
    ['publish', `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, [owner]],
    ['publish', `$JS.API.CONSUMER.DELETE.${stream}.${name}`, [owner]],
    ['publish', `$JS.API.CONSUMER.PAUSE.${stream}.${name}`, name === 'inventory-orders' ? [owner] : []],
    ['publish', `$JS.API.CONSUMER.RESET.${stream}.${name}`, []],
    ['publish', `$JS.API.CONSUMER.UNPIN.${stream}.${name}`, []],
    ['publish', `$JS.API.CONSUMER.LEADER.STEPDOWN.${stream}.${name}`, []],
    ['publish', `$JS.ACK.${stream}.${name}.1.1.1.1.0`, [owner]],
    ['publish', `$JS.API.CONSUMER.CREATE.${stream}`, []],
    ['publish', `$JS.API.CONSUMER.CREATE.${stream}.mine.${filter}`, []],
    ['publish', `$JS.API.CONSUMER.NAMES.${stream}`, ['monitoring']],
    ['publish', `$JS.API.CONSUMER.LIST.${stream}`, ['monitoring']],
  ]),
  ['publish', '$JS.API.CONSUMER.CREATE.ORDERS.gateway-1.orders.order.>', ['gateway']],
  ['publish', '$JS.API.CONSUMER.CREATE.ORDERS.gateway-1.orders.>', []],
  ['publish', '$JS.API.CONSUMER.CREATE.INVENTORY.gateway-1.inventory.>', []],
  ['publish', '$JS.API.CONSUMER.INFO.ORDERS.gateway-1', ['gateway', 'monitoring']],
  ['publish', '$JS.API.CONSUMER.MSG.NEXT.ORDERS.gateway-1', ['gateway']],
  ['publish', '$JS.API.CONSUMER.MSG.NEXT.INVENTORY.gateway-1', []],
  ['publish', '$JS.API.CONSUMER.DELETE.ORDERS.gateway-1', ['gateway']],
  ['publish', '$JS.API.CONSUMER.PAUSE.ORDERS.gateway-1', []],
  ['publish', '$JS.ACK.ORDERS.gateway-1.1.1.1.1.0', []],
];

const users = Object.keys(natsUsers) as NatsUser[];
const attempts = users.flatMap((user) =>
  rows.map(([kind, subject, may]): Attempt & { isAllowed: boolean } => ({
    user,
    kind,
    subject,
    isAllowed: may.includes(user),
  })),
);
const said = ({ user, kind, subject }: Attempt): string => `${user}: ${kind} ${subject}`;
const forbidden = attempts.filter(({ isAllowed }) => !isAllowed);
const allowed = attempts.filter(({ isAllowed }) => isAllowed);

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers({ parts: ['nats'], nats: withUsers() });
  await provisionTopology(
    { ...asUser(servers.nats.url, 'topology'), signal: AbortSignal.timeout(20_000), log: testLog },
    {},
  );
});
afterAll(() => servers?.stop());

describe('a nats-server with the users of Holdfast', () => {
  it(`refuses each of ${forbidden.length} attempts at what is not for a user`, async () => {
    const refused = await refusedOf(servers.nats.url, forbidden);
    expect(forbidden.filter((attempt) => !refused.includes(attempt)).map(said)).toEqual([]);
    expect(forbidden.length).toBeGreaterThan(300);
  });

  it(`refuses none of ${allowed.length} attempts at what is`, async () => {
    expect((await refusedOf(servers.nats.url, allowed)).map(said)).toEqual([]);
  });

  it('lets nobody in without a password, and nobody with that of another', async () => {
    const { url } = servers.nats;
    for (const server of [{ url }, { ...asUser(url, 'orders'), user: 'inventory' }]) {
      const ending = new AbortController();
      let reason = '';
      const write = (line: string): void => {
        reason = line;
        ending.abort();
      };
      const log = pino({}, { write });
      const attempt = connectNats({ ...server, name: 'intruder', signal: ending.signal, log });
      await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
      expect(reason).toMatch(/authorization violation/i);
    }
  });
});
