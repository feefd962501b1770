import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  appendFacts,
  connectNats,
  liveStockSubject,
  newEventId,
  startMessaging,
  type Fact,
  type Messaging,
} from '@holdfast/messaging';
import { createTestDatabase, waitFor } from '@holdfast/messaging/testing';
import { createLogger, encodeViewer, VIEWER_HEADER, type Viewer } from '@holdfast/service';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { startInventory, type RunningInventory } from './app.ts';
import { anOrderCancelled, anOrderPlaced } from './testing.ts';

/** The inventory service, and as much of orders as states facts. */
let servers: TestServers;
let inventory: RunningInventory;
let orders: Messaging;
let ordersDatabase: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  servers = await startTestServers();
  inventory = await startInventory({
    port: 0,
    databaseUrl: await servers.postgres.createDatabase('inventory'),
    natsUrl: servers.nats.url,
    currencyCode: 'GBP',
    logLevel: 'silent',
  });
  ordersDatabase = await createTestDatabase(await servers.postgres.createDatabase('orders'));
  orders = startMessaging({
    context: 'orders',
    database: ordersDatabase,
    natsUrl: servers.nats.url,
    log: createLogger('orders', 'silent'),
    handlers: {},
  });
});
afterAll(async () => {
  await orders?.stop();
  await ordersDatabase?.close();
  await inventory?.stop();
  await servers?.stop();
});

const operator: Viewer = { customerId: 'local', isOperator: true };
const customer = (customerId: string): Viewer => ({ customerId, isOperator: false });

interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

async function ask(query: string, variables: object = {}, viewer: Viewer | null = operator): Promise<Answer> {
  const response = await fetch(inventory.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(viewer === null ? {} : { [VIEWER_HEADER]: encodeViewer(viewer) }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

async function state(...facts: Fact[]): Promise<void> {
  await ordersDatabase.transaction((tx) => appendFacts(tx, facts));
  orders.wake();
}

const reservationOf = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { id reservation {
  status expiresAt decidedAt
  allocations { quantity zone product { sku name } facility { id } }
  decision { policyVersion international method candidates { facility { id } chosen distanceKm because } }
} } } }`;
const orderReference = (id: string) => ({ ids: [{ __typename: 'Order', id }] });
const statusOf = async (orderId: string, viewer: Viewer | null = operator): Promise<string | null> => {
  const { data } = await ask(reservationOf, orderReference(orderId), viewer);
  const [entity] = data!['_entities'] as { reservation: { status: string } | null }[];
  return entity!.reservation?.status ?? null;
};

const problemsOf = (answer: Answer, field: string): unknown =>
  (answer.data![field] as { problems: unknown }).problems;

async function seed(): Promise<void> {
  const products = await ask(
    `mutation ($input: [ProductInput!]!) { upsertProducts(input: $input) { changed problems { code path } } }`,
    {
      input: ['TEA', 'CUP', '85123A', '50%_OFF'].map((sku) => ({
        sku,
        name: sku === '85123A' ? 'WHITE Hanging Heart' : `Product ${sku}`,
        unitPrice: { amount: '2.5', currencyCode: 'GBP' },
      })),
    },
  );
  expect(products.data).toEqual({ upsertProducts: { changed: 4, problems: [] } });
  const facilities = await ask(`mutation { upsertFacilities(input: [
    { id: "leicester", name: "Leicester", country: "GB", latitude: 52.6369, longitude: -1.1398 }
    { id: "dublin", name: "Dublin", country: "IE", latitude: 53.3498, longitude: -6.2603 }
  ]) { changed problems { code path } } }`);
  expect(facilities.data).toEqual({ upsertFacilities: { changed: 2, problems: [] } });
  const received = await ask(`mutation { receiveStock(input: { idempotencyKey: "first", lines: [
    { facilityId: "leicester", sku: "TEA", quantity: 3 }
    { facilityId: "leicester", sku: "TEA", zone: BACK, quantity: 100 }
    { facilityId: "dublin", sku: "TEA", quantity: 50 }
    { facilityId: "dublin", sku: "CUP", quantity: 50 }
  ] }) { changed problems { code path } levels { onHand version available product { name } facility { name } } } }`);
  expect(received.data).toMatchObject({
    receiveStock: {
      changed: 4,
      problems: [],
      levels: [{ onHand: 3, version: 1, available: 3, product: { name: 'Product TEA' } }, {}, {}, {}],
    },
  });
}

describe('the inventory service', () => {
  beforeAll(seed);

  it('ties stock to an order that was placed, and shows where and why, to whom it concerns', async () => {
    const order = anOrderPlaced({ TEA: 5 }, { customerId: 'anna' });
    await state(order);
    await waitFor('held', async () => (await statusOf(order.data.orderId)) === 'HELD');
    const { data } = await ask(reservationOf, orderReference(order.data.orderId), customer('anna'));
    expect(data!['_entities']).toMatchObject([
      {
        reservation: {
          status: 'HELD',
          expiresAt: null,
          allocations: [
            { quantity: 3, zone: 'PRIMARY', product: { sku: 'TEA' }, facility: { id: 'leicester' } },
            { quantity: 2, zone: 'BACK' },
          ],
          decision: {
            international: false,
            method: 'EXACT',
            candidates: [
              {
                facility: { id: 'dublin' },
                chosen: false,
                because: expect.stringMatching(/^Domestic first/),
              },
              { facility: { id: 'leicester' }, chosen: true },
            ],
          },
        },
      },
    ]);
    expect(await statusOf(order.data.orderId, customer('ben'))).toBeNull();
    expect(await statusOf(order.data.orderId, null)).toBeNull();
    expect(await statusOf('no id')).toBeNull();
  });

  it('tells who watches about changed levels, by commands and by orders, with their versions', async () => {
    const nats = await connectNats({
      url: servers.nats.url,
      name: 'watcher',
      signal: AbortSignal.timeout(5_000),
      log: createLogger('watcher', 'silent'),
    });
    const seen: { sku: string; onHand: number; reserved: number; version: number }[] = [];
    const products: { sku: string; available: number; availableVersion: number }[] = [];
    nats.subscribe(liveStockSubject, {
      callback: (_error, message) => {
        const heard = message.json<{ levels: typeof seen; products: typeof products }>();
        seen.push(...heard.levels);
        products.push(...heard.products);
      },
    });
    await nats.flush();
    await ask(
      `mutation { adjustStock(input: { idempotencyKey: "adjust", reason: "found", lines: [
         { facilityId: "dublin", sku: "CUP", quantity: 1 }] }) { changed } }`,
    );
    await waitFor('adjusted', () => seen.some(({ sku, onHand }) => sku === 'CUP' && onHand === 51));
    await state(anOrderPlaced({ CUP: 4 }, { country: 'IE' }));
    await waitFor('reserved', () => seen.some(({ sku, reserved }) => sku === 'CUP' && reserved === 4));
    expect(seen.filter(({ sku }) => sku === 'CUP').map(({ version }) => version)).toEqual([2, 3]);
    expect(products.at(-1)).toEqual({ sku: 'CUP', available: 47, availableVersion: 3 });
    await nats.close();
  });

  it('keeps a tombstone for a cancel that overtakes its order', async () => {
    const orderId = newEventId();
    await state(anOrderCancelled(orderId));
    await waitFor('cancelled', async () => (await pending()) === 0);
    await state(anOrderPlaced({ CUP: 40 }, { orderId }));
    const next = anOrderPlaced({ CUP: 1 }, { country: 'IE' });
    await state(next);
    await waitFor('the next one held', async () => (await statusOf(next.data.orderId)) === 'HELD');
    expect(await statusOf(orderId)).toBeNull();
    const { data } = await ask(`query ($id: ID!) { stockMovements(orderId: $id) { edges { cursor } } }`, {
      id: orderId,
    });
    expect(data).toEqual({ stockMovements: { edges: [] } });
  });

  it('pages through products, stock and ledger without gaps or repeats', async () => {
    const skus = await pages('products(first: 1, after: $after)', 'sku');
    expect(skus).toEqual(['50%_OFF', '85123A', 'CUP', 'TEA']);
    const { data } = await ask(
      `{ facility(id: "leicester") { stock(first: 1) { edges { node { zone } } pageInfo { endCursor hasNextPage } } } }`,
    );
    const stock = (data!['facility'] as { stock: { pageInfo: { endCursor: string } } }).stock;
    expect(stock).toMatchObject({ edges: [{ node: { zone: 'PRIMARY' } }], pageInfo: { hasNextPage: true } });
    const next = await ask(
      `query ($after: String) { facility(id: "leicester") { stock(first: 1, after: $after) {
        edges { node { zone product { sku } } } pageInfo { hasNextPage hasPreviousPage } } } }`,
      { after: stock.pageInfo.endCursor },
    );
    expect(next.data).toMatchObject({
      facility: {
        stock: {
          edges: [{ node: { zone: 'BACK' } }],
          pageInfo: { hasNextPage: false, hasPreviousPage: false },
        },
      },
    });
    const all = (await ids('stockMovements(first: 200)')).map(Number);
    expect(all).toEqual(all.toSorted((one, other) => other - one));
    expect((await pages('stockMovements(first: 2, after: $after)', 'id')).map(Number)).toEqual(all);
    const tea = (await ids('stockMovements(first: 200, sku: "TEA")')).map(Number);
    expect((await pages('stockMovements(first: 2, after: $after, sku: "TEA")', 'id')).map(Number)).toEqual(
      tea,
    );
    expect(tea.length).toBeGreaterThan(3);
    const there = await pages(
      'stockMovements(first: 1, after: $after, sku: "TEA", facilityId: "dublin")',
      'id',
    );
    expect(there).toHaveLength(1);
  });

  it('finds products by a part of SKU or name in any case, taking wildcards as they are', async () => {
    const search = (text: string) => pages(`products(first: 2, after: $after, search: "${text}")`, 'sku');
    expect(await search('hanging')).toEqual(['85123A']);
    expect(await search('5123')).toEqual(['85123A']);
    expect(await search('t')).toEqual(['TEA']);
    expect(await search('%_off')).toEqual(['50%_OFF']);
    expect(await search('pr')).toEqual(['50%_OFF', 'CUP', 'TEA']);
    expect(await search('%')).toEqual([]);
    expect(await search('_')).toEqual([]);
    expect(await search('nothing')).toEqual([]);
  });

  it('refuses pages that are too long and cursors that are none', async () => {
    for (const list of [
      'products(first: 201)',
      'stockMovements(first: 0)',
      'products(after: "x")',
      'stockMovements(after: "W10")',
    ]) {
      const { errors } = await ask(`{ ${list} { edges { cursor } } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('lets only operators change catalogue and stock, and see messaging', async () => {
    const forbidden = [
      'mutation { upsertProducts(input: []) { changed } }',
      'mutation { upsertFacilities(input: []) { changed } }',
      'mutation { receiveStock(input: { idempotencyKey: "k", lines: [] }) { changed } }',
      'mutation { adjustStock(input: { idempotencyKey: "k", reason: "r", lines: [] }) { changed } }',
      'mutation { inventoryRedriveParked(ids: []) { changed } }',
      'mutation { inventoryDiscardParked(ids: [], reason: "r") { changed } }',
      '{ inventoryMessaging { outboxRows } }',
    ];
    for (const query of forbidden) {
      for (const viewer of [customer('anna'), null]) {
        const { errors } = await ask(query, {}, viewer);
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    }
    const { errors } = await ask(
      `mutation { confirmOrder(orderId: "${newEventId()}") { problems { code } } }`,
      {},
      null,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('hides from a customer whose orders moved the stock, but not their own', async () => {
    const own = anOrderPlaced({ TEA: 1 }, { customerId: 'carla' });
    await state(own);
    await waitFor('held', async () => (await statusOf(own.data.orderId)) === 'HELD');
    const query = `query ($id: ID) { stockMovements(first: 200, sku: "TEA", orderId: $id) { edges { node { orderId } } } }`;
    const orderIds = async (id: string | null, viewer: Viewer | null) => {
      const { data } = await ask(query, { id }, viewer);
      const { edges } = data!['stockMovements'] as { edges: { node: { orderId: string | null } }[] };
      return new Set(edges.map(({ node }) => node.orderId));
    };
    expect(await orderIds(null, customer('carla'))).toEqual(new Set([own.data.orderId, null]));
    expect(await orderIds(own.data.orderId, customer('carla'))).toEqual(new Set([own.data.orderId]));
    expect(await orderIds(own.data.orderId, customer('ben'))).toEqual(new Set());
    expect((await orderIds(null, operator)).size).toBeGreaterThan(2);
  });

  it('says in its body, not in its verdict, whether NATS is there', async () => {
    const ready = new URL('/readyz', inventory.url);
    expect(await (await fetch(ready)).json()).toMatchObject({ isReady: true, nats: 'connected' });
    const metrics = await (await fetch(new URL('/metrics', inventory.url))).text();
    expect(/^holdfast_nats_connected{.*} 1$/m.exec(metrics)).not.toBeNull();
    expect(/^holdfast_consumer_pending{.*inventory-orders.*} 0$/m.exec(metrics)).not.toBeNull();
  });

  it('answers problems of commands as values', async () => {
    const refusedOrder = await ask(
      `mutation { confirmOrder(orderId: "no id") { order { id } problems { code path } } }`,
    );
    expect(refusedOrder.data).toEqual({
      confirmOrder: { order: null, problems: [{ code: 'ORDER_NOT_FOUND', path: ['orderId'] }] },
    });
    const below = await ask(`mutation { adjustStock(input: { idempotencyKey: "b", reason: "lost", lines: [
      { facilityId: "dublin", sku: "CUP", quantity: -51 }] }) { changed problems { code path } } }`);
    expect(problemsOf(below, 'adjustStock')).toEqual([
      { code: 'BELOW_RESERVED', path: ['lines', '0', 'quantity'] },
    ]);
    const parked = await ask(
      `mutation { inventoryRedriveParked(ids: ["${newEventId()}"]) { changed problems { code } } }`,
    );
    expect(parked.data).toEqual({
      inventoryRedriveParked: { changed: 0, problems: [{ code: 'NOT_PARKED' }] },
    });
  });
});

async function pending(): Promise<number> {
  const { data } = await ask(
    '{ inventoryMessaging { outboxRows consumers { name pending inProgress } parked { edges { cursor } } } }',
  );
  const { consumers } = data!['inventoryMessaging'] as {
    consumers: { pending: number; inProgress: number }[];
  };
  return consumers.reduce((total, { pending: waiting, inProgress }) => total + waiting + inProgress, 0);
}

interface Page {
  readonly edges: readonly { readonly node: Readonly<Record<string, string>> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function page(list: string, field: string, after: string | null): Promise<Page> {
  const { data, errors } = await ask(
    `query ($after: String) { page: ${list} { edges { node { ${field} } } pageInfo { hasNextPage endCursor } } }`.replace(
      '($after: String)',
      list.includes('$after') ? '($after: String)' : '',
    ),
    { after },
  );
  expect(errors).toBeUndefined();
  return data!['page'] as Page;
}

const ids = async (list: string): Promise<string[]> =>
  (await page(list, 'id', null)).edges.map(({ node }) => node['id']!);

async function pages(list: string, field: string): Promise<string[]> {
  const values: string[] = [];
  for (let after: string | null = null, isMore = true; isMore;) {
    const { edges, pageInfo } = await page(list, field, after);
    values.push(...edges.map(({ node }) => node[field]!));
    [after, isMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  return values;
}
