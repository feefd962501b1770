import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { createLogger } from '@holdfast/service';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { startFactPublisher, type FactPublisher } from '../testing/order-facts.ts';
import type { OrderChange } from './order-change.ts';
import { OrderStream } from './order-stream.ts';

let servers: TestServers;
let facts: FactPublisher;
let stream: OrderStream;
let connections: NatsConnection[];
let heard: string[];
let created: number;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['nats'] });
  facts = await startFactPublisher(servers.nats.url);
});
beforeEach(async () => {
  [heard, created, connections] = [[], 0, []];
  await facts.createStream();
  stream = new OrderStream(
    {
      isHeard: () => true,
      tell: ({ orderId }) => void heard.push(orderId),
      onCreated: () => {
        created += 1;
      },
    },
    createLogger('test', 'silent'),
  );
});
afterEach(async () => {
  await stream.stop();
  await Promise.all(connections.map((connection) => connection.close()));
  await facts.deleteStream();
});
afterAll(async () => {
  await facts.stop();
  await servers.stop();
});

const aConnection = async (): Promise<NatsConnection> => {
  const connection = await connect({ servers: servers.nats.url });
  connections.push(connection);
  return connection;
};

const aChange = (): OrderChange => ({
  orderId: randomUUID(),
  eventId: randomUUID(),
  version: 1,
  from: null,
  to: 'PENDING',
  occurredAt: new Date().toISOString(),
});

async function publish(count: number, generation: number): Promise<string[]> {
  const changes = Array.from({ length: count }, aChange);
  for (const change of changes) await facts.publish(change, generation);
  return changes.map(({ orderId }) => orderId);
}

async function hears(orderIds: readonly string[]): Promise<void> {
  const hasAll = (): boolean => orderIds.every((orderId) => heard.includes(orderId));
  if (!(await waitUntil(hasAll, { withinMs: 10_000 }))) {
    throw new Error(`Heard ${heard.length}, but not all of ${orderIds.length}`);
  }
}

const isCreated = (times: number): Promise<unknown> =>
  waitUntil(() => created >= times, { withinMs: 10_000 });

describe('the consumer of a gateway', () => {
  it('goes on after the last message it read when it comes back', async () => {
    const first = await aConnection();
    stream.connected(first);
    await isCreated(1);
    await hears(await publish(3, 0));
    await first.close();
    const meanwhile = await publish(3, 0);
    stream.connected(await aConnection());
    await hears(meanwhile);
    expect(heard).toHaveLength(6);
  });

  it('hears what a repaired stream was filled with below the place it had reached', async () => {
    const first = await aConnection();
    stream.connected(first);
    await isCreated(1);
    await hears(await publish(5, 0));
    await first.close();
    await facts.deleteStream();
    await facts.createStream();
    const filled = await publish(8, 1);
    stream.connected(await aConnection());
    await hears(filled);
    expect(heard.slice(-8)).toEqual(filled);
  });

  it('is made anew at each connect, though the server still has it', async () => {
    const connection = await aConnection();
    stream.connected(connection);
    await isCreated(1);
    await hears(await publish(1, 0));
    stream.connected(connection);
    await isCreated(2);
    await hears(await publish(1, 0));
    expect(created).toBe(2);
  });

  it('passes over a message that is no fact of an order', async () => {
    stream.connected(await aConnection());
    await isCreated(1);
    facts.nats.publish('orders.order.placed.v1', 'no JSON');
    await hears(await publish(1, 0));
    expect(heard).toHaveLength(1);
  });
});
