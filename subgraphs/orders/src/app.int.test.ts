import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  appendFacts,
  connectNats,
  newEventId,
  provisionTopology,
  startMessaging,
  type Database,
  type Fact,
  type Messaging,
} from '@holdfast/messaging';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import type { Viewer } from '@holdfast/service';
import { aTwoRoleDatabase } from '@holdfast/service/testing';
import { aClient } from './api/testing.ts';
import { startOrders, type RunningOrders } from './app.ts';
import { migrateOrdersDatabase } from './store/open-orders-database.ts';
import { anOrdersDatabase, aReceivedFact, aSilentLog } from './testing.ts';

let servers: TestServers;
let orders: RunningOrders;
/** Stands for inventory: a database with a journal of its own, and a relay. */
let inventory: { database: Database; messaging: Messaging; close: () => Promise<void> };

beforeAll(async () => {
  servers = await startTestServers();
  const { ownerUrl, serviceUrl, serviceRole } = await aTwoRoleDatabase(servers);
  await migrateOrdersDatabase({ databaseUrl: ownerUrl, serviceRole }, aSilentLog);
  await provisionTopology(
    { url: servers.nats.url, signal: AbortSignal.timeout(20_000), log: aSilentLog },
    {},
  );
  orders = await startOrders({
    port: 0,
    databaseUrl: serviceUrl,
    provision: 'wait',
    nats: { url: servers.nats.url },
    currencyCode: 'GBP',
    outboxMaxRows: 1_000,
    decisionSeconds: 300,
    auth: 'off',
    viewerKeys: [],
    logLevel: 'silent',
  });
  const opened = await anOrdersDatabase(await servers.postgres.createDatabase());
  const messaging = startMessaging({
    context: 'inventory',
    database: opened.database,
    nats: { url: servers.nats.url },
    log: aSilentLog,
    handlers: {},
  });
  inventory = { ...opened, messaging };
});
afterAll(async () => {
  await orders?.stop();
  await inventory?.messaging.stop();
  await inventory?.close();
  await servers?.stop();
});

const ada = { customerId: 'ada', isOperator: false };
const root = { customerId: 'root', isOperator: true };
const ask = (query: string, variables: Record<string, unknown> = {}, viewer: Viewer | null = ada) =>
  aClient(orders.url, viewer)(query, variables);

/** States facts as inventory does. */
async function state(...facts: readonly Fact[]): Promise<void> {
  await inventory.database.transaction((tx) => appendFacts(tx, facts));
  inventory.messaging.wake();
}

const orderFields = `id status version customerId reference total { amount currencyCode } placedAt
  destination { country city precision } lines { sku quantity unitPrice { amount } product { sku orderPrice { amount } } }
  rejection { reason shortages { sku requested available } } cancellation { code }
  events { version from type status correlationId causationId }`;
const placeOrder = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { ${orderFields} } problems { code message path } } }`;
const anInput = (changes: Record<string, unknown> = {}) => ({
  idempotencyKey: newEventId(),
  destination: { country: 'GB', city: 'London' },
  lines: [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ],
  ...changes,
});
async function aPlacedOrder(viewer = ada): Promise<string> {
  const { data } = await ask(placeOrder, { input: anInput() }, viewer);
  return data.placeOrder?.order?.id ?? '';
}
const statusOf = async (id: string) => {
  const { data } = await ask(`query ($id: ID!) { order(id: $id) { status } }`, {
    id,
  });
  return data.order?.status;
};

describe('The orders service', () => {
  it('knows a SKU once inventory has listed it', async () => {
    const input = anInput({ lines: [{ sku: 'S', quantity: 1 }] });
    expect((await ask(placeOrder, { input })).data).toMatchObject({
      placeOrder: { order: null, problems: [{ code: 'UNKNOWN_SKU', path: ['lines', '0', 'sku'] }] },
    });
    for (const sku of ['S', 'A', 'B'])
      await state(
        aReceivedFact('ProductListed', {
          sku,
          version: 1,
          name: sku,
          unitPrice: { amount: '2.50', currencyCode: 'GBP' },
        }),
      );
    const isKnown = async () => {
      const { data } = await ask(placeOrder, { input });
      return data.placeOrder?.order !== null;
    };
    expect(await waitUntil(isKnown, { withinMs: 20_000 })).toBe(true);
    const prices = `query ($products: [_Any!]!) { _entities(representations: $products) { ... on Product { sku orderPrice { amount } } } }`;
    const products = ['S', 'unknown'].map((sku) => ({ __typename: 'Product', sku }));
    expect((await ask(prices, { products })).data).toEqual({
      _entities: [
        { sku: 'S', orderPrice: { amount: '2.50' } },
        { sku: 'unknown', orderPrice: null },
      ],
    });
  });

  it('answers PENDING at once, and RESERVED after inventory said so', async () => {
    const { data } = await ask(placeOrder, { input: anInput({ reference: 'R-1' }) });
    expect(data).toMatchObject({
      placeOrder: {
        problems: [],
        order: {
          status: 'PENDING',
          version: 1,
          customerId: 'ada',
          reference: 'R-1',
          total: { amount: '7.50', currencyCode: 'GBP' },
          destination: { country: 'GB', city: 'London', precision: 'CITY' },
          lines: [
            {
              sku: 'A',
              quantity: 2,
              unitPrice: { amount: '2.50' },
              product: { sku: 'A', orderPrice: { amount: '2.50' } },
            },
            { sku: 'B', quantity: 1 },
          ],
          events: [{ version: 1, from: null, type: 'OrderPlaced', status: 'PENDING', causationId: null }],
        },
      },
    });
    const orderId = data.placeOrder?.order?.id ?? '';
    const decidedAt = new Date().toISOString();
    await state(
      aReceivedFact('StockReserved', { orderId, version: 1, decidedAt, expiresAt: null, facilityCount: 1 }),
    );
    const isReserved = async () => (await statusOf(orderId)) === 'RESERVED';
    expect(await waitUntil(isReserved, { withinMs: 20_000 })).toBe(true);
    const after = `query ($positions: [OrderPosition!]!) { orderEventsAfter(positions: $positions) { orderId version type } }`;
    const positions = [
      { orderId, after: 1 },
      { orderId: newEventId(), after: 0 },
      { orderId: 'none', after: 0 },
    ];
    expect((await ask(after, { positions }, null)).data).toEqual({
      orderEventsAfter: [{ orderId, version: 2, type: 'OrderReserved' }],
    });
    const tooMany = Array.from({ length: 1_001 }, () => ({ orderId, after: 0 }));
    expect((await ask(after, { positions: tooMany }, null)).errors).toEqual(['BAD_USER_INPUT']);
  });

  it('shows an order to its customer and to operators only', async () => {
    const id = await aPlacedOrder();
    const query = `query ($id: ID!) { order(id: $id) { id } orders(filter: { customerId: "ada" }) { edges { node { id } } } }`;
    expect((await ask(query, { id }, root)).data).toMatchObject({ order: { id } });
    const foreign = await ask(query, { id }, { customerId: 'bob', isOperator: false });
    expect(foreign).toEqual({ data: { order: null, orders: { edges: [] } }, errors: [] });
    expect(await ask(query, { id }, null)).toEqual({
      data: { order: null, orders: null },
      errors: ['FORBIDDEN'],
    });
    expect((await ask(`{ order(id: "none") { id } }`)).data).toEqual({ order: null });
  });

  it('keeps what is for operators from customers, and what needs a viewer from nobody', async () => {
    const operators = `{ orderTotals { status count } ordersMessaging { outboxRows consumers { name } } viewer { customerId } }`;
    expect(await ask(operators)).toEqual({
      data: { orderTotals: null, ordersMessaging: null, viewer: { customerId: 'ada' } },
      errors: ['FORBIDDEN', 'FORBIDDEN'],
    });
    expect(await ask(operators, {}, root)).toMatchObject({
      data: {
        ordersMessaging: { consumers: [{ name: 'orders-reservations' }, { name: 'orders-catalogue' }] },
      },
      errors: [],
    });
    expect((await ask(placeOrder, { input: anInput() }, null)).errors).toEqual(['FORBIDDEN']);
    expect((await ask(`mutation { ordersDiscardParked(ids: [], reason: "") { changed } }`)).errors).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('ships and delivers on an operator’s word only', async () => {
    const id = await aPlacedOrder();
    const decidedAt = new Date().toISOString();
    await state(
      aReceivedFact('StockReserved', {
        orderId: id,
        version: 1,
        decidedAt,
        expiresAt: null,
        facilityCount: 1,
      }),
    );
    const isReserved = async () => (await statusOf(id)) === 'RESERVED';
    expect(await waitUntil(isReserved, { withinMs: 20_000 })).toBe(true);
    const advance = `mutation ($id: ID!) {
      early: deliverOrder(orderId: $id) { problems { code } }
      shipOrder(orderId: $id) { order { status version } problems { code } }
      deliverOrder(orderId: $id) { order { status } problems { code } } }`;
    expect((await ask(advance, { id }, ada)).errors).toEqual(['FORBIDDEN']);
    expect((await ask(advance, { id }, root)).data).toEqual({
      early: { problems: [{ code: 'NOT_DELIVERABLE' }] },
      shipOrder: { order: { status: 'SHIPPING', version: 3 }, problems: [] },
      deliverOrder: { order: { status: 'DELIVERED' }, problems: [] },
    });
  });

  it('parks what it cannot handle, and redrives it when asked', async () => {
    const nats = await connectNats({
      url: servers.nats.url,
      name: 'by hand',
      signal: AbortSignal.timeout(10_000),
      log: aSilentLog,
    });
    nats.publish('inventory.reservation.reserved.v1', 'no JSON');
    await nats.drain();
    const parked = `{ ordersMessaging { parked(first: 1) { edges { cursor node { id consumer eventType reason } } pageInfo { hasNextPage } } } }`;
    const edges = async () => {
      const { data } = await ask(parked, {}, root);
      return data.ordersMessaging?.parked.edges ?? [];
    };
    expect(await waitUntil(async () => (await edges()).length, { withinMs: 30_000 })).toBe(1);
    const [edge] = await edges();
    expect(edge).toMatchObject({ node: { consumer: 'orders-reservations' } });
    const id = edge?.node.id;
    const redrive = `mutation ($id: ID!) { ordersRedriveParked(ids: [$id]) { changed problems { code } } }`;
    expect((await ask(redrive, { id }, root)).data).toMatchObject({
      ordersRedriveParked: { changed: 0, problems: [{ code: 'STILL_FAILING' }] },
    });
    const discard = `mutation ($id: ID!) { ordersDiscardParked(ids: [$id], reason: "no such order") { changed } }`;
    expect((await ask(discard, { id }, root)).data).toEqual({ ordersDiscardParked: { changed: 1 } });
    expect(await edges()).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a fractional quantity', { lines: [{ sku: 'A', quantity: 1.5 }] }],
    ['a quantity beyond 32 bits', { lines: [{ sku: 'A', quantity: 3_000_000_000 }] }],
    ['a total that is a number', { expectedTotal: { amount: 7.5, currencyCode: 'GBP' } }],
    ['no destination', { destination: undefined }],
  ])('refuses %s before it reads the rest', async (_name, changes) => {
    expect((await ask(placeOrder, { input: anInput(changes) })).errors).toEqual(['BAD_USER_INPUT']);
  });

  it('says that it is ready, and how NATS is, apart', async () => {
    const url = new URL('/readyz', orders.url);
    const ready = await fetch(url);
    expect([ready.status, await ready.json()]).toMatchObject([200, { nats: 'connected' }]);
    await servers.nats.stop();
    const nats = async () => {
      const answer = await fetch(url);
      const body = (await answer.json()) as { nats: string };
      return answer.status === 200 && body.nats === 'disconnected';
    };
    expect(await waitUntil(nats, { withinMs: 20_000 })).toBe(true);
    expect(await aPlacedOrder()).not.toBe('');
    await servers.nats.start();
    const metrics = async () => {
      const response = await fetch(new URL('/metrics', orders.url));
      const text = await response.text();
      const wanted = [
        /holdfast_outbox_rows\S* 0\n/,
        /holdfast_outbox_oldest_seconds\S* 0\n/,
        /holdfast_nats_connected\S* 1\n/,
        /holdfast_relay_lease_held\S* 1\n/,
        /holdfast_parked_messages\S*consumer="orders-reservations"\S* 0\n/,
      ];
      return wanted.every((line) => line.test(text));
    };
    expect(await waitUntil(metrics, { withinMs: 30_000 })).toBe(true);
  });
});
