import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, startMessaging, type Database, type Messaging } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { startSubgraph, type Subgraph } from '@holdfast/service';
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
    natsUrl: servers.nats.url,
    log: aSilentLog,
    handlers: {},
  });
  const app = createApp(counted, messaging, { currencyCode: 'GBP', outboxMaxRows: 1_000_000 }, aSilentLog);
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
const ask = (query: string, variables: Record<string, unknown> = {}) =>
  aClient(subgraph.graphqlUrl, root)(query, variables);

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
      id total { amount } lines { sku product { orderPrice { amount } } } events { version } later: events(after: $after) { version } } } }`;
    const orders = [...ids, newEventId(), 'none'].map((id) => ({ __typename: 'Order', id }));
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
      })),
    );
    expect(data._entities?.slice(40)).toEqual([null, null]);
    expect(statements).toBe(4);
  });
});
