import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  connectNats,
  encodeFact,
  liveStockSubject,
  newEventId,
  provisionTopology,
  type NatsUser,
} from '@holdfast/messaging';
import { anOrderPlaced, asUser, waitFor, withUsers } from '@holdfast/messaging/testing';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { createLogger } from '@holdfast/service';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { NatsLink } from './nats-link.ts';
import { OrderStream } from './order-stream.ts';

const log = createLogger('test', 'silent');
let servers: TestServers;
let stream: OrderStream;
let link: NatsLink;
let orders: NatsConnection;
let inventory: NatsConnection;
let heard: string[];
let levels: string[];
let created: number;

const connectAs = (user: NatsUser): Promise<NatsConnection> =>
  connectNats({
    ...asUser(servers.nats.url, user),
    name: user,
    signal: AbortSignal.timeout(20_000),
    log,
  });

beforeAll(async () => {
  servers = await startTestServers({ parts: ['nats'], nats: withUsers() });
  const signal = AbortSignal.timeout(20_000);
  await provisionTopology({ ...asUser(servers.nats.url, 'topology'), signal, log }, {});
  orders = await connectAs('orders');
  inventory = await connectAs('inventory');
});
afterAll(async () => {
  await orders?.close();
  await inventory?.close();
  await servers?.stop();
});
beforeEach(() => {
  [heard, levels, created] = [[], [], 0];
  const listener = {
    isHeard: () => true,
    tell: ({ orderId }: { orderId: string }) => void heard.push(orderId),
    onCreated: () => void (created += 1),
  };
  stream = new OrderStream(listener, log);
  link = new NatsLink(asUser(servers.nats.url, 'gateway'), log, (nats) => {
    stream.connected(nats);
    nats.subscribe(liveStockSubject, {
      callback: (_error, message) => void levels.push(message.string()),
    });
  });
});
afterEach(async () => {
  await stream.stop();
  await link.stop();
});

/** Publishes a fact as the relay does, and tells of its order. */
async function publish(): Promise<string> {
  const orderId = newEventId();
  const fact = anOrderPlaced({ orderId });
  const { subject, headers, payload } = encodeFact(
    { ...fact, aggregateId: orderId, json: JSON.stringify(fact.data) },
    0,
  );
  await waitFor('it is stored', () =>
    jetstream(orders)
      .publish(subject, payload, { headers, timeout: 1_000 })
      .catch(() => null),
  );
  return orderId;
}

it('the gateway hears orders and stock with no more than its rights, also when NATS comes back', async () => {
  await waitFor('it reads', () => created === 1);
  const first = await publish();
  await waitFor('the first is heard', () => heard.includes(first));
  inventory.publish(liveStockSubject, 'levels');
  await waitFor('levels are heard', () => levels.includes('levels'));
  await servers.nats.restart();
  await waitFor('it reads again', () => created >= 2);
  const second = await publish();
  await waitFor('the second is heard', () => heard.includes(second));
  await expect(stream.checkForRewind()).resolves.toBeUndefined();
});

it('the gateway’s consumer is gone with its process', async () => {
  await waitFor('it reads', () => created === 1);
  const monitoring = await connectAs('monitoring');
  const names = async () => {
    const reply = await monitoring.request('$JS.API.CONSUMER.NAMES.ORDERS', '{}');
    return reply.json<{ consumers: string[] }>().consumers.filter((name) => name.startsWith('gateway-'));
  };
  expect(await names()).toHaveLength(1);
  await stream.stop();
  expect(await names()).toEqual([]);
  await monitoring.close();
});
