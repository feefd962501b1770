import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  appendFacts,
  newEventId,
  startMessaging,
  type Database,
  type Fact,
  type Messaging,
} from '@holdfast/messaging';
import { waitFor } from '@holdfast/messaging/testing';
import { startTestServers, type TestServers } from '@holdfast/servers';
import type { Viewer } from '@holdfast/service';
import { startOrders, type RunningOrders } from '../app.ts';
import { anOrdersDatabase, aReceivedFact, aSilentLog } from '../testing.ts';
import { aClient } from './testing.ts';

let servers: TestServers;
let orders: RunningOrders;
/** Stands for inventory: a database with a journal of its own, and a relay. */
let inventory: { database: Database; messaging: Messaging; close: () => Promise<void> };
let orderId: string;

const ada = { customerId: 'ada', isOperator: false };
const root = { customerId: 'root', isOperator: true };
const ask = (query: string, variables: Record<string, unknown> = {}, viewer: Viewer | null = root) =>
  aClient(orders.url, viewer)(query, variables);

beforeAll(async () => {
  servers = await startTestServers();
  orders = await startOrders({
    port: 0,
    databaseUrl: await servers.postgres.createDatabase(),
    nats: { url: servers.nats.url },
    currencyCode: 'GBP',
    outboxMaxRows: 1_000,
    decisionSeconds: 300,
    auth: 'off',
    viewerKeys: [],
    logLevel: 'silent',
  });
  const opened = await anOrdersDatabase(await servers.postgres.createDatabase());
  const options = { context: 'inventory' as const, database: opened.database, handlers: {}, log: aSilentLog };
  inventory = { ...opened, messaging: startMessaging({ ...options, nats: { url: servers.nats.url } }) };
  await state(
    aReceivedFact('ProductListed', {
      sku: 'A',
      version: 1,
      name: 'A',
      unitPrice: { amount: '2.50', currencyCode: 'GBP' },
    }),
  );
  const mutation = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
  const input = {
    idempotencyKey: newEventId(),
    customerId: 'ada',
    destination: { country: 'GB' },
    lines: [{ sku: 'A', quantity: 1 }],
  };
  orderId = await waitFor('it is placed', async () => {
    const { data } = await ask(mutation, { input });
    return data.placeOrder?.order?.id;
  });
});
afterAll(async () => {
  await orders?.stop();
  await inventory?.messaging.stop();
  await inventory?.close();
  await servers?.stop();
});

/** States facts as inventory does. */
async function state(...facts: readonly Fact[]): Promise<void> {
  await inventory.database.transaction((tx) => appendFacts(tx, facts));
  inventory.messaging.wake();
}

const aStockReserved = () =>
  aReceivedFact('StockReserved', {
    orderId,
    version: 1,
    decidedAt: new Date().toISOString(),
    expiresAt: null,
    facilityCount: 1,
  });

const handlings = `query ($facts: [_Any!]!) { _entities(representations: $facts) { ... on StockFact {
  id handling { consumer handledAt deliveries streamSequence publishedAt } } } }`;
const facts = `query ($id: ID!) { order(id: $id) { facts { id type version stream subject correlationId causationId
  occurredAt data isPublished publication { sequence publishedAt } } } }`;
const instant = expect.stringMatching(/^\d{4}-.*Z$/);

describe('The story of an order', () => {
  it('shows an operator what orders stated, where it went, and what it handled of what inventory stated', async () => {
    const reserved = aStockReserved();
    await state(reserved);
    const references = [reserved.eventId, newEventId(), 'no id'].map((id) => ({
      __typename: 'StockFact',
      id,
    }));
    const handled = await waitFor('it is handled', async () => {
      const { data } = await ask(handlings, { facts: references });
      const [first] = data._entities as readonly { handling: unknown }[];
      return first?.handling !== null && data._entities;
    });
    expect(handled).toEqual([
      {
        id: reserved.eventId,
        handling: {
          consumer: 'orders-reservations',
          handledAt: instant,
          deliveries: 1,
          streamSequence: '2',
          publishedAt: instant,
        },
      },
      { id: references[1]!.id, handling: null },
      { id: 'no id', handling: null },
    ]);
    const stated = await waitFor('all is published', async () => {
      const { data } = await ask(facts, { id: orderId });
      const { order } = data as unknown as { order: { facts: { publication: object | null }[] } };
      return order.facts.every(({ publication }) => publication !== null) && order.facts;
    });
    expect(stated).toMatchObject([
      {
        id: expect.any(String),
        type: 'OrderPlaced',
        version: 1,
        stream: 'ORDERS',
        subject: 'orders.order.placed.v1',
        causationId: null,
        occurredAt: instant,
        data: expect.stringContaining(`{"orderId":"${orderId}","version":1,`),
        isPublished: true,
        publication: { sequence: '1', publishedAt: instant },
      },
      {
        type: 'OrderReserved',
        version: 2,
        causationId: reserved.eventId,
        correlationId: reserved.correlationId,
        publication: { sequence: '2' },
      },
    ]);
  });

  it('is for operators only', async () => {
    for (const viewer of [ada, null]) {
      const handling = await ask(handlings, { facts: [{ __typename: 'StockFact', id: orderId }] }, viewer);
      expect(handling.errors).toEqual(['FORBIDDEN']);
      expect(handling.data).toEqual({ _entities: [{ id: orderId, handling: null }] });
    }
    expect(await ask(facts, { id: orderId }, ada)).toEqual({
      data: { order: { facts: null } },
      errors: ['FORBIDDEN'],
    });
  });
});

describe('What an operator sees of messaging', () => {
  it('says who carries the facts, and how NATS and the consumers are', async () => {
    const { data } = await ask(`{ ordersMessaging { isNatsConnected
      relay { owner epoch generation leaseExpiresAt } consumers { name pausedUntil } } }`);
    expect(data).toEqual({
      ordersMessaging: {
        isNatsConnected: true,
        relay: {
          owner: expect.stringContaining(`:${process.pid}:`),
          epoch: 1,
          generation: 0,
          leaseExpiresAt: instant,
        },
        consumers: [
          { name: 'orders-reservations', pausedUntil: null },
          { name: 'orders-catalogue', pausedUntil: null },
        ],
      },
    });
  });
});
