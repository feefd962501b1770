import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startMessaging, type Messaging } from '@holdfast/messaging';
import {
  createLogger,
  ViewerSeal,
  startSubgraph,
  VIEWER_HEADER,
  type EntityDatabase,
  type Subgraph,
} from '@holdfast/service';
import { readFileSync } from 'node:fs';
import { createApp } from '../app.ts';
import { handleOrderFacts } from '../consumers/order-facts.ts';
import { anOrderPlaced, deliver, seedStock, startTestInventory, type TestInventory } from '../testing.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

const log = createLogger('inventory', 'silent');
const orders = Array.from({ length: 20 }, (_, index) =>
  anOrderPlaced({ [`S${index}`]: 1, [`S${index + 1}`]: 1 }),
);
let inventory: TestInventory;
let messaging: Messaging;
let subgraph: Subgraph;
let statements = 0;

beforeAll(async () => {
  inventory = await startTestInventory();
  const skus = Array.from({ length: 21 }, (_, index) => `S${index}`);
  const levels = skus.flatMap((sku) =>
    ['f1', 'f2', 'f3'].map((facilityId) => ({ sku, facilityId, onHand: 9 })),
  );
  await seedStock(inventory.database, levels);
  await deliver(
    inventory.database,
    handleOrderFacts(() => {}),
    orders,
  );
  // Nothing is sent or received here: there is no NATS at this address.
  const options = { context: 'inventory' as const, database: inventory.database, handlers: {}, log };
  messaging = startMessaging({ ...options, nats: { url: 'nats://127.0.0.1:1' } });
  const app = createApp({
    database: countingReads(inventory.database),
    messaging,
    live: { note: () => {} },
    currencyCode: 'GBP',
    canHoldConsumer: false,
    log,
  });
  subgraph = await startSubgraph({
    name: 'inventory',
    typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
    resolvers,
    host: '127.0.0.1',
    port: 0,
    log,
    context: (viewer, traceparent) => createContext(app, viewer, traceparent),
    readiness: async () => ({ isReady: true, body: {} }),
  });
});
afterAll(async () => {
  await subgraph?.stop();
  await messaging?.stop();
  await inventory?.stop();
});

const countingReads = (database: EntityDatabase): EntityDatabase => ({
  ...database,
  read: database.read.withPlugin({
    transformQuery: ({ node }) => node,
    // Results are seen of every statement, also of those that entities make.
    transformResult: async ({ result }) => {
      statements += 1;
      return result;
    },
  }),
});

async function statementsOf(query: string, variables: object = {}): Promise<number> {
  statements = 0;
  const response = await fetch(subgraph.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [VIEWER_HEADER]: new ViewerSeal([]).write({ customerId: 'local', isOperator: true }),
    },
    body: JSON.stringify({ query, variables }),
  });
  expect(await response.json()).not.toHaveProperty('errors');
  return statements;
}

it('reads twenty orders with all that hangs on them in one statement a kind', async () => {
  const query = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { reservation {
    allocations { quantity product { name available availableVersion stock { onHand facility { name } } } facility { country } }
    decision { candidates { facility { name } } } } } } }`;
  const ids = orders.map(({ data }) => ({ __typename: 'Order', id: data.orderId }));
  // Reservations, allocations, products, facilities, availability and stock.
  expect(await statementsOf(query, { ids })).toBeLessThanOrEqual(6);
});

it('reads a list of products and of facilities with their stock in one statement a kind', async () => {
  expect(
    await statementsOf('{ products(first: 20) { edges { node { available stock { onHand } } } } }'),
  ).toBe(3);
  // Facilities, their stock, and its products; the facility of a level is asked for once more.
  const query = '{ facilities { stock(first: 5) { edges { node { product { name } facility { id } } } } } }';
  expect(await statementsOf(query)).toBeLessThanOrEqual(4);
  expect(await statementsOf('{ facilities { totals { available } } }')).toBe(2);
});

it('reads a list of reservations in one statement a kind', async () => {
  const query = 'edges { node { order { id } allocations { quantity } } }';
  expect(await statementsOf(`{ reservations(first: 20) { ${query} } }`)).toBe(2);
  expect(await statementsOf(`{ reservations(sku: "S1") { ${query} } }`)).toBe(2);
});

it('reads references of products and facilities in one statement a kind', async () => {
  const ids = [
    ...Array.from({ length: 20 }, (_, index) => ({ __typename: 'Product', sku: `S${index}` })),
    ...['f1', 'f2', 'f3'].map((id) => ({ __typename: 'Facility', id })),
  ];
  const query = `query ($ids: [_Any!]!) { _entities(representations: $ids) {
    ... on Product { name available availableVersion } ... on Facility { name } } }`;
  expect(await statementsOf(query, { ids })).toBe(3);
});

it("reads what was stated of twenty orders' reservations, and how their facts were handled, in one statement a kind", async () => {
  const ids = orders.flatMap(({ eventId, data }) => [
    { __typename: 'Order', id: data.orderId },
    { __typename: 'OrderFact', id: eventId },
  ]);
  const query = `query ($ids: [_Any!]!) { _entities(representations: $ids) {
    ... on Order { reservationFacts { type version } } ... on OrderFact { handling { handledAt } } } }`;
  expect(await statementsOf(query, { ids })).toBe(2);
});
