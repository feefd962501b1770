import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, startMessaging, type Database, type Messaging } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { startSubgraph, type Subgraph, type Viewer } from '@holdfast/service';
import { sql } from 'kysely';
import { createApp } from '../app.ts';
import { writePlaceOrders } from '../commands/place-orders-group.ts';
import { aDraft } from '../domain/testing.ts';
import { anOrdersDatabase, aPlaceOrder, aSilentLog } from '../testing.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';
import { aClient, type Answer } from './testing.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;
let messaging: Messaging;
let subgraph: Subgraph;
/** Statements that requests have read with, counted where every one of them passes. */
let statements = 0;

beforeAll(async () => {
  servers = await startTestServers();
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
  const counted: Database = {
    ...database,
    read: database.read.withPlugin({
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    }),
  };
  messaging = startMessaging({
    context: 'orders',
    database,
    nats: { url: servers.nats.url },
    log: aSilentLog,
    handlers: {},
  });
  const config = { auth: 'off', currencyCode: 'GBP', outboxMaxRows: 1_000_000 } as const;
  const app = createApp(counted, messaging, config, aSilentLog);
  subgraph = await startSubgraph({
    name: 'orders',
    typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    host: '127.0.0.1',
    port: 0,
    log: aSilentLog,
    context: (viewer, traceparent) => createContext(app, viewer, traceparent),
    readiness: async () => ({ isReady: true, body: {} }),
  });
});
afterAll(async () => {
  await subgraph?.stop();
  await messaging?.stop();
  await close?.();
  await servers?.stop();
});

const root = { customerId: 'root', isOperator: true };
const ask = (query: string, variables: Record<string, unknown> = {}, viewer: Viewer | null = root) =>
  aClient(subgraph.graphqlUrl, viewer)(query, variables);

async function somePlacedOrders(customerId: string, count: number, reference: string | null = null) {
  const commands = Array.from({ length: count }, (_, index) =>
    aPlaceOrder({
      draft: aDraft({ customerId, reference }),
      // Several orders of one instant, so that pages break among them.
      placedAt: new Date(1_700_000_000_000 + Math.floor(index / 7)),
    }),
  );
  await writePlaceOrders(database, 'GBP', commands);
  return commands.map(({ orderId }) => orderId);
}

const pageQuery = `query ($first: Int, $after: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, filter: $filter) {
    edges { node { id placedAt } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

/** Walks a list from its first page to its last; `meanwhile` runs between two pages. */
async function walk(filter: Record<string, unknown>, first: number, meanwhile = async () => {}) {
  const seen: { readonly id: string; readonly placedAt: string }[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const { data }: Answer = await ask(pageQuery, { first, after, filter });
    seen.push(...(data.orders?.edges.map(({ node }) => node) ?? []));
    after = data.orders?.pageInfo.endCursor ?? null;
    if (data.orders?.pageInfo.hasNextPage !== true) return seen;
    await meanwhile();
  }
  throw new Error('The list does not end');
}

describe('The list of orders', () => {
  it('shows each order once, newest first, while new ones are placed and others change', async () => {
    const ids = await somePlacedOrders('walker', 50);
    const seen = await walk({ customerId: 'walker' }, 8, async () => {
      await writePlaceOrders(database, 'GBP', [aPlaceOrder({ draft: aDraft({ customerId: 'walker' }) })]);
      await sql`
        update orders set status = 'RESERVED', version = 2
        where id in (select id from orders where customer_id = 'walker' and status = 'PENDING' order by random() limit 5)
        `.execute(database.read);
    });
    const known = seen.filter(({ id }) => ids.includes(id));
    expect(new Set(known.map(({ id }) => id)).size).toBe(50);
    expect(known).toHaveLength(50);
    const instants = seen.map(({ placedAt }) => placedAt);
    expect(instants).toEqual(instants.toSorted().toReversed());
  });

  it('is filtered by customer, statuses and reference, alone and together', async () => {
    const ids = await somePlacedOrders('filter', 9, 'R-9');
    await sql`update orders set status = 'SHIPPING' where id = any(${ids.slice(0, 3)}::uuid[])`.execute(
      database.read,
    );
    const countOf = async (filter: Record<string, unknown>) => (await walk(filter, 2)).length;
    expect(await countOf({ customerId: 'filter' })).toBe(9);
    expect(await countOf({ customerId: 'filter', statuses: ['SHIPPING'] })).toBe(3);
    expect(await countOf({ customerId: 'filter', statuses: ['SHIPPING', 'PENDING', 'SHIPPING'] })).toBe(9);
    expect(await countOf({ customerId: 'filter', statuses: [] })).toBe(0);
    expect(await countOf({ statuses: ['SHIPPING'] })).toBe(3);
    expect(await countOf({ reference: 'R-9' })).toBe(9);
    expect(await countOf({ reference: 'R-9', statuses: ['PENDING'] })).toBe(6);
    expect(await countOf({ reference: 'R-9', customerId: 'walker' })).toBe(0);
    expect(await countOf({ reference: 'R\u0000' })).toBe(0);
  });

  it('is filtered by when orders were placed: from an instant on, and before another', async () => {
    // Ids by instant: seven each of the first two milliseconds, six of the third.
    const ids = await somePlacedOrders('time', 20, 'R-time');
    await sql`update orders set status = 'RESERVED' where id = any(${ids.slice(0, 10)}::uuid[])`.execute(
      database.read,
    );
    const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
    const placed = async (filter: Record<string, unknown>) =>
      (await walk({ customerId: 'time', ...filter }, 3)).map(({ id }) => id).toSorted();
    const some = (from: number, to: number) => ids.slice(from, to).toSorted();
    expect(await placed({ placedFrom: at(1) })).toEqual(some(7, 20));
    expect(await placed({ placedBefore: at(1) })).toEqual(some(0, 7));
    expect(await placed({ placedFrom: at(1), placedBefore: at(2) })).toEqual(some(7, 14));
    expect(await placed({ placedFrom: at(1), placedBefore: at(2), statuses: ['RESERVED'] })).toEqual(
      some(7, 10),
    );
    expect(await placed({ reference: 'R-time', placedFrom: at(1), placedBefore: at(2) })).toEqual(
      some(7, 14),
    );
    expect(await placed({ placedFrom: at(1), placedBefore: at(1) })).toEqual([]);
    expect(await placed({ placedFrom: at(2), placedBefore: at(1) })).toEqual([]);
  });

  it.each([
    '-271821-04-20T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
  ])('takes %s as a bound that lies before or after every order', async (instant) => {
    const [id] = await somePlacedOrders(`at ${instant}`, 1);
    const placed = async (filter: Record<string, unknown>) =>
      (await walk({ customerId: `at ${instant}`, ...filter }, 3)).map((order) => order.id);
    const isLate = instant.startsWith('+');
    expect(await placed({ placedFrom: instant })).toEqual(isLate ? [] : [id]);
    expect(await placed({ placedBefore: instant })).toEqual(isLate ? [id] : []);
  });

  it('refuses a page of 0 or 201, and a cursor that is none', async () => {
    for (const variables of [
      { first: 0 },
      { first: 201 },
      { after: 'none' },
      { after: Buffer.from('[9e99,"x"]').toString('base64url') },
      { after: Buffer.from('[1,"x"]').toString('base64url') },
      { after: Buffer.from(JSON.stringify([8.64e15, newEventId()])).toString('base64url') },
      { after: Buffer.from(JSON.stringify([-8.64e15, newEventId()])).toString('base64url') },
    ])
      expect((await ask(pageQuery, variables)).errors).toEqual(['BAD_USER_INPUT']);
  });
});

describe('The totals', () => {
  it('read as the largest Int once they are larger', async () => {
    await sql`insert into order_total values ('DELIVERED', 0, 3000000000), ('DELIVERED', 1, -5)`.execute(
      database.read,
    );
    const { data } = await ask(`{ orderTotals { status count } }`);
    expect(data.orderTotals).toContainEqual({ status: 'DELIVERED', count: 2_147_483_647 });
  });
});

describe('One request', () => {
  it('reads each kind of thing in one statement, however many orders it lists', async () => {
    const ids = await somePlacedOrders('batch', 40);
    const query = `query ($orders: [_Any!]!, $after: Int!) { _entities(representations: $orders) { ... on Order {
      id total { amount } lines { sku product { orderPrice { amount } } } events { version } later: events(after: $after) { version }
      facts { version } } ... on StockFact { handling { handledAt } } } }`;
    const orders = [
      ...[...ids, newEventId(), 'none'].map((id) => ({ __typename: 'Order', id })),
      ...ids.map((id) => ({ __typename: 'StockFact', id })),
    ];
    statements = 0;
    const { data, errors } = await ask(query, { orders, after: 1 });
    expect(errors).toEqual([]);
    expect(data._entities?.slice(0, 40)).toEqual(
      ids.map((id) => ({
        id,
        total: { amount: '7.00' },
        lines: [
          { sku: 'A', product: { orderPrice: { amount: '2.50' } } },
          { sku: 'B', product: { orderPrice: { amount: '2.00' } } },
        ],
        events: [{ version: 1 }],
        later: [],
        facts: [{ version: 1 }],
      })),
    );
    expect(data._entities?.slice(40, 42)).toEqual([null, null]);
    expect(data._entities?.slice(42)).toEqual(ids.map(() => ({ handling: null })));
    expect(statements).toBe(6);
  });
});

describe('What is the same for everybody', () => {
  it('is told also to nobody: how callers say who they are, and the countries', async () => {
    const { data, errors } = await ask('{ authentication countries { code latitude longitude } }', {}, null);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ authentication: 'OFF' });
    expect(data.countries).toContainEqual({ code: 'GB', latitude: 54, longitude: -2 });
    const codes = data.countries?.map(({ code }) => code) ?? [];
    expect(codes.length).toBeGreaterThan(240);
    expect(codes).toEqual(codes.toSorted());
  });
});

describe('A destination', () => {
  const fields = 'country city postalCode latitude longitude precision';
  const query = `query ($input: DestinationInput!) {
    findDestination(input: $input) { destination { ${fields} } problems { code message path } } }`;
  const mutation = `mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) { order { id destination { ${fields} } } problems { code message path } } }`;
  const ada = { customerId: 'ada', isOperator: false };

  it.each([
    ['COUNTRY', { country: 'GB' }],
    ['CITY', { country: 'GB', city: 'london' }],
    ['POSTAL_CODE', { country: 'US', city: 'Boston', postalCode: '10001' }],
    ['GIVEN', { country: 'US', city: 'Boston', latitude: 1.5, longitude: -180 }],
  ])(
    'is found by %s without placing an order, as an order to it would: %j',
    async (precision, destination) => {
      const { data } = await ask(query, { input: destination }, ada);
      const lines = [{ sku: 'A', quantity: 1 }];
      const input = { idempotencyKey: newEventId(), destination, lines };
      const placed = (await ask(mutation, { input }, ada)).data.placeOrder;
      expect(placed?.order?.destination).toMatchObject({ precision });
      expect(data).toEqual({ findDestination: { destination: placed?.order?.destination, problems: [] } });
    },
  );

  it.each([
    { country: 'gb', city: 'c'.repeat(201), postalCode: '\n', latitude: 91, longitude: -181 },
    { country: 'GB', city: 'Atlantis' },
    { country: 'GB', latitude: 1 },
    { country: 'GB', longitude: 1 },
  ])('is refused with the problems of an order to it, by path within it: %j', async (destination) => {
    const { data } = await ask(query, { input: destination }, ada);
    const input = { idempotencyKey: newEventId(), destination, lines: [{ sku: 'A', quantity: 1 }] };
    const refused = (await ask(mutation, { input }, ada)).data.placeOrder?.problems ?? [];
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ path }) => path[0] === 'destination')).toBe(true);
    const problems = refused.map((problem) => ({ ...problem, path: problem.path.slice(1) }));
    expect(data).toEqual({ findDestination: { destination: null, problems } });
  });

  it('is not found for nobody', async () => {
    expect(await ask(query, { input: { country: 'GB' } }, null)).toEqual({
      data: { findDestination: null },
      errors: ['FORBIDDEN'],
    });
  });
});
