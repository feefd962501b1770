import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';
import { aClient, subscribe } from '../testing/subscriber.ts';

const STOCK = `subscription($sku: ID, $facilityId: ID) {
  stockChanged(sku: $sku, facilityId: $facilityId) { sku facilityId zone onHand reserved version product { name } }
}`;
const AVAILABILITY =
  'subscription($skus: [ID!]!) { availabilityChanged(skus: $skus) { sku available availableVersion } }';

let test: TestGateway;
let client: Client;

beforeAll(async () => {
  test = await aGateway();
  await test.metricIs('holdfast_nats_connected', 1);
});
afterEach(async () => {
  await client.dispose();
  await test.metricIs('holdfast_websocket_subscriptions', 0);
  test.inventory.levels.length = 0;
});
afterAll(() => test.stop());

type Level = TestGateway['inventory']['levels'][number];

/** What inventory says after a change of the level. */
function say(level: Level): void {
  const { sku } = level;
  const available = level.onHand - level.reserved;
  const products = [{ sku, available, availableVersion: level.version }];
  const message = { occurredAt: new Date().toISOString(), levels: [level], products };
  test.facts.nats.publish('live.inventory.stock', JSON.stringify(message));
}

const aLevel = (sku: string, version = 1): Level => ({
  sku,
  facilityId: 'LEI',
  zone: 'PRIMARY',
  onHand: 10 + version,
  reserved: 0,
  version,
});

describe('stockChanged', () => {
  it('starts with the levels of the SKU as they are, and then tells newer states only', async () => {
    const level = aLevel('A', 5);
    test.inventory.levels.push(level, { ...aLevel('A', 2), facilityId: 'DUB' });
    client = aClient(test.gateway.url);
    const subscriber = subscribe(client, STOCK, { sku: 'A', facilityId: 'LEI' });
    await subscriber.heard(1);
    for (const version of [4, 5, 6]) say(aLevel('A', version));
    say(aLevel('B', 9));
    await subscriber.heard(2);
    const told = { ...level, product: { name: 'Product A' } };
    expect(subscriber.results).toEqual([
      { data: { stockChanged: told } },
      { data: { stockChanged: { ...told, version: 6, onHand: 16 } } },
    ]);
  });

  it('tells the change when inventory does not answer, with product: null and an error that names it', async () => {
    client = aClient(test.gateway.url);
    const subscriber = subscribe(client, STOCK);
    await test.metricIs('holdfast_websocket_subscriptions', 1);
    await test.inventory.stop();
    try {
      say(aLevel('A', 1));
      await subscriber.heard(1);
    } finally {
      await test.inventory.start();
    }
    expect(subscriber.results).toMatchObject([
      {
        data: { stockChanged: { sku: 'A', product: null } },
        errors: [{ extensions: { service: 'inventory' } }],
      },
    ]);
  });

  it('refuses a customer', async () => {
    client = aClient(test.gateway.url, 'anna');
    const subscriber = subscribe(client, STOCK);
    await subscriber.ended();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('availabilityChanged', () => {
  it('tells a customer each product as it is and then its newer states, without asking inventory again', async () => {
    test.inventory.levels.push(aLevel('A', 3), aLevel('B', 1));
    client = aClient(test.gateway.url, 'anna');
    const subscriber = subscribe(client, AVAILABILITY, { skus: ['A', 'B', 'A', 'unknown'] });
    await subscriber.heard(2);
    const asked = test.inventory.requests.get('product');
    for (const version of [2, 4]) say(aLevel('A', version));
    await subscriber.heard(3);
    expect(subscriber.results.map(({ data }) => data?.['availabilityChanged'])).toEqual([
      { sku: 'A', available: 13, availableVersion: 3 },
      { sku: 'B', available: 11, availableVersion: 1 },
      { sku: 'A', available: 14, availableVersion: 4 },
    ]);
    expect(test.inventory.requests.get('product')).toBe(asked);
  });

  it('tells what changed while NATS was away as soon as it is back', async () => {
    test.inventory.levels.push(aLevel('A', 1));
    client = aClient(test.gateway.url);
    const available = subscribe(client, AVAILABILITY, { skus: ['A'] });
    const stock = subscribe(client, STOCK, { sku: 'A' });
    await Promise.all([available.heard(1), stock.heard(1)]);
    await test.nats.stop();
    test.inventory.levels[0] = aLevel('A', 2);
    await test.nats.start();
    await Promise.all([available.heard(2), stock.heard(2)]);
    expect(available.results[1]).toEqual({
      data: { availabilityChanged: { sku: 'A', available: 12, availableVersion: 2 } },
    });
  });

  it('refuses more than 100 SKUs and names the limit', async () => {
    client = aClient(test.gateway.url);
    const subscriber = subscribe(client, AVAILABILITY, {
      skus: Array.from({ length: 101 }, (_, n) => `S${n}`),
    });
    await subscriber.ended();
    expect(subscriber.errors).toEqual([
      {
        message: 'skus has 101 SKUs; at most 100 are allowed',
        extensions: { code: 'BAD_USER_INPUT', limit: 'skusPerSubscription', allowed: 100 },
      },
    ]);
  });
});
