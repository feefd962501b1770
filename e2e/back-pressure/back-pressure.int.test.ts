import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { aSku, anOrder, placeOrder, watch } from '../orders.ts';
import { System, type GraphQLAnswer } from '../system.ts';

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id } problems { code } } }`;

describe('what a client is told through the gateway', () => {
  let servers: TestServers;
  let system: System;
  let sku: string;
  beforeAll(async () => {
    servers = await startTestServers();
    system = await System.start({
      ORDERS_DATABASE_URL: await servers.postgres.createDatabase(),
      INVENTORY_DATABASE_URL: await servers.postgres.createDatabase(),
      NATS_URL: servers.nats.url,
      OUTBOX_MAX_ROWS: '3',
    });
    sku = await aSku(system);
  }, 180_000);
  afterAll(async () => {
    await system?.remove();
    await servers?.stop();
  });

  const firstError = ({ errors }: GraphQLAnswer<unknown>) => errors?.[0];
  const isTaken = async (input: object) => (await system.ask(PLACE, { input })).errors === undefined;

  it('is OVERLOADED with a time to wait while too many facts wait for NATS, and the order later on', async () => {
    await servers.nats.stop();
    const input = anOrder(sku);
    const isRefused = async () =>
      firstError(await system.ask(PLACE, { input: anOrder(sku) }))?.extensions?.['code'] === 'OVERLOADED';
    expect(await waitUntil(isRefused, { withinMs: 30_000 })).toBe(true);
    expect(firstError(await system.ask(PLACE, { input }))).toMatchObject({
      message: 'Too many facts wait to be published',
      path: ['placeOrder'],
      extensions: { code: 'OVERLOADED', retryAfterMs: 2_000 },
    });
    await servers.nats.start();
    expect(await waitUntil(() => isTaken(input), { withinMs: 60_000 })).toBe(true);
    const { order } = await placeOrder(system, input);
    const changes = await watch(system, order!.id, 0, 2, 30_000);
    expect(changes.map(({ to }) => to)).toEqual(['PENDING', 'RESERVED']);
  }, 120_000);

  it('is that a service cannot work just now, and when to ask again, while PostgreSQL is away', async () => {
    await servers.postgres.stop();
    const input = anOrder(sku);
    const away = (service: string) => ({ code: 'SUBGRAPH_UNAVAILABLE', service, retryAfterMs: 1_000 });
    const read = await system.ask('{ orders { edges { cursor } } facilities { id } }');
    expect(
      Object.fromEntries((read.errors ?? []).map(({ path, extensions }) => [path?.[0], extensions])),
    ).toEqual({ orders: away('orders'), facilities: away('inventory') });
    expect(read.data).toEqual({ orders: null, facilities: null });
    const isToldSo = async () =>
      firstError(await system.ask(PLACE, { input }))?.extensions?.['retryAfterMs'] === 1_000;
    expect(await waitUntil(isToldSo, { withinMs: 60_000 })).toBe(true);
    await servers.postgres.start();
    expect(await waitUntil(() => isTaken(input), { withinMs: 60_000 })).toBe(true);
  }, 180_000);
});
