import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import type { OrderStatus } from '@holdfast/messaging/contracts';
import type { Client } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { startGateway } from '../app.ts';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';
import { withoutAuthentication } from '../testing/without-authentication.ts';
import { aClient, subscribe, versionsOf, type Subscriber } from '../testing/subscriber.ts';
import type { OrderChange } from './order-change.ts';

const STATUS = `subscription($id: ID!, $after: Int) { orderStatusChanged(orderId: $id, after: $after) { version } }`;
const ALL = `subscription { orderChanges { version order { id } } }`;

let test: TestGateway;
let client: Client;

beforeAll(async () => {
  test = await aGateway({ sweepIntervalMs: 60_000 });
  client = aClient(test.gateway.url);
});
afterEach(async () => {
  await client.dispose();
  await test.metricIs('holdfast_websocket_subscriptions', 0);
  client = aClient(test.gateway.url);
});
afterAll(() => test.stop());

const isConnected = (value: 0 | 1): Promise<void> => test.metricIs('holdfast_nats_connected', value);

const commitAll = (id: string, ...statuses: OrderStatus[]): OrderChange[] =>
  statuses.map((status) => test.orders.commit(id, status));

/** An order that is watched and whose first change has come by the stream. */
async function aWatchedOrder(): Promise<{ id: string; watched: Subscriber }> {
  const id = randomUUID();
  const [placed] = commitAll(id, 'PENDING');
  const watched = subscribe(client, STATUS, { id, after: 0 });
  await watched.heard(1);
  await test.facts.publish(placed!);
  return { id, watched };
}

describe('open subscriptions', () => {
  it('miss nothing that was committed and never published while the server was away', async () => {
    const { id, watched } = await aWatchedOrder();
    await test.nats.stop();
    await isConnected(0);
    commitAll(id, 'RESERVED', 'SHIPPING');
    await test.nats.start();
    await watched.heard(3);
    expect(versionsOf(watched)).toEqual([1, 2, 3]);
  });

  it('hear of what is published after the server was killed and came back', async () => {
    const { id, watched } = await aWatchedOrder();
    const all = subscribe(client, ALL);
    await test.nats.kill();
    await isConnected(0);
    await test.nats.start();
    await isConnected(1);
    for (const change of commitAll(id, 'RESERVED', 'SHIPPING')) await test.facts.publish(change);
    await Promise.all([watched.heard(3), all.heard(2)]);
    expect(versionsOf(watched)).toEqual([1, 2, 3]);
  });

  it('miss nothing when the stream is put back to an earlier copy, and go on hearing', async () => {
    const { id, watched } = await aWatchedOrder();
    const copy = `${test.nats.storeFolder}-copy`;
    await test.nats.stop();
    await cp(test.nats.storeFolder, copy, { recursive: true });
    await test.nats.start();
    await isConnected(1);
    const lost = commitAll(id, 'RESERVED', 'SHIPPING');
    for (const change of lost) await test.facts.publish(change);
    await watched.heard(3);

    await test.nats.stop();
    await rm(test.nats.storeFolder, { recursive: true });
    await cp(copy, test.nats.storeFolder, { recursive: true });
    await test.nats.start();
    await isConnected(1);
    const all = subscribe(client, ALL);
    await test.metricIs('holdfast_websocket_subscriptions', 2);
    for (const change of lost) await test.facts.publish(change, 1);
    await test.facts.publish(test.orders.commit(id, 'DELIVERED'), 1);
    await watched.ended();
    await waitUntil(() => versionsOf(all).includes(4), { withinMs: 15_000 });
    expect(versionsOf(watched)).toEqual([1, 2, 3, 4]);
    expect(versionsOf(all)).toContain(4);
  });

  it('miss nothing when the stream is deleted and made anew', async () => {
    const { id, watched } = await aWatchedOrder();
    await test.facts.deleteStream();
    commitAll(id, 'RESERVED');
    await test.facts.createStream();
    await watched.heard(2);
    await test.facts.publish(test.orders.commit(id, 'SHIPPING'), 2);
    await watched.heard(3);
    expect(versionsOf(watched)).toEqual([1, 2, 3]);
  });

  it('begin anew when a message tells of a repair, and hear what the stream was filled with before that', async () => {
    const { id, watched } = await aWatchedOrder();
    const all = subscribe(client, ALL);
    await test.metricIs('holdfast_websocket_subscriptions', 2);
    const [reserved, shipping] = commitAll(id, 'RESERVED', 'SHIPPING');
    await test.facts.publish(shipping!, 7);
    await watched.heard(3);
    await waitUntil(() => versionsOf(all).length > 1, { withinMs: 15_000 });
    await test.facts.publish(reserved!, 7);
    await waitUntil(() => versionsOf(all).includes(2), { withinMs: 15_000 });
    expect(versionsOf(watched)).toEqual([1, 2, 3]);
  });
});

describe('a gateway whose NATS is away', () => {
  it('starts, replays and looks into the journal, and connects when it can', async () => {
    await test.nats.stop();
    const away = await startGateway({
      port: 0,
      ordersUrl: test.orders.url,
      inventoryUrl: test.inventory.url,
      nats: { url: test.nats.url },
      logLevel: 'silent',
      ...withoutAuthentication,
      sweepIntervalMs: 200,
    });
    const itsClient = aClient(away.url);
    try {
      const id = randomUUID();
      commitAll(id, 'PENDING');
      const watched = subscribe(itsClient, STATUS, { id, after: 0 });
      await watched.heard(1);
      commitAll(id, 'RESERVED');
      await watched.heard(2);
      await test.nats.start();
      const readyz = async (): Promise<unknown> => (await fetch(`${away.url}/readyz`)).json();
      const isUp = async (): Promise<boolean> => JSON.stringify(await readyz()).includes('"connected"');
      expect(await waitUntil(isUp, { withinMs: 15_000 })).toBe(true);
      expect(versionsOf(watched)).toEqual([1, 2]);
    } finally {
      await itsClient.dispose();
      await away.stop();
      await test.nats.start();
    }
  });
});
