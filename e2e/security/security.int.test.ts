import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSku, anOrder } from '../orders.ts';
import { System } from '../system.ts';
import { attempts, type Stage } from './attempts.ts';
import { bearer, Caller } from './caller.ts';
import { requests } from './requests.ts';
import { TokenForge } from './tokens.ts';

const ORIGIN = 'https://shop.example.com';
const PLACE =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } problems { code } } }';
const all = [...attempts, ...requests];

describe(`a system with authentication, and ${all.length} attempts to get past it`, () => {
  let stage: Stage;
  beforeAll(async () => {
    const system = await System.start({
      HOLDFAST_AUTH: 'jwt',
      GRAPHQL_INTROSPECTION: 'off',
      JWT_CLOCK_TOLERANCE_SECONDS: '0',
      CORS_ORIGINS: ORIGIN,
    });
    const [caller, forge] = [new Caller(system), new TokenForge(system.dataFolder)];
    const bob = bearer(await forge.sign({ sub: 'bob' }));
    const sku = await aSku(system, bob);
    const { data } = await caller.ask(PLACE, { input: anOrder(sku) }, bob);
    const { placeOrder } = data as { placeOrder: { order: { id: string } } };
    stage = { system, caller, forge, sku, bobsOrder: placeOrder.order.id };
  }, 180_000);
  afterAll(() => stage?.system.remove());

  it.each(all)('refuses: $name', async ({ make, answer }) => {
    expect(await make(stage)).toMatchObject(answer);
  });

  it('answers alike for what is foreign and what is not there', async () => {
    const { caller, forge, bobsOrder } = stage;
    const ada = bearer(await forge.sign());
    for (const query of [
      'query ($id: ID!) { order(id: $id) { id } }',
      'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { problems { code message } } }',
      'mutation ($id: ID!) { confirmOrder(orderId: $id) { problems { code message } } }',
    ]) {
      const [foreign, unknown] = await Promise.all(
        [bobsOrder, '0198c0de-0000-7000-8000-000000000000'].map((id) => caller.ask(query, { id }, ada)),
      );
      expect(foreign!.data).toEqual(unknown!.data);
    }
  });

  it('lets its own customers, its operators, a page of an allowed origin, and a socket without an Origin in', async () => {
    const { caller, forge, bobsOrder } = stage;
    const order = 'query ($id: ID!) { order(id: $id) { id } }';
    const watch = 'subscription ($id: ID!) { orderStatusChanged(orderId: $id, after: 0) { version } }';
    const bob = bearer(await forge.sign({ sub: 'bob' }));
    const operator = bearer(await forge.sign({ sub: 'olga', roles: ['operator'] }));
    for (const headers of [bob, operator, { ...bob, origin: ORIGIN }]) {
      expect(await caller.ask(order, { id: bobsOrder }, headers)).toMatchObject({
        data: { order: { id: bobsOrder } },
      });
      expect(await caller.subscribe(watch, { id: bobsOrder }, { headers })).toMatchObject({
        data: { orderStatusChanged: { version: 1 } },
      });
    }
    const preflight = await caller.send('OPTIONS', {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
    });
    expect(preflight.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(
      await caller.ask('{ inventoryMessaging { outboxRows } authentication }', {}, operator),
    ).toMatchObject({
      data: { inventoryMessaging: {}, authentication: 'JWT' },
    });
  });
});
