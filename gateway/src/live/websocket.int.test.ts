import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { randomUUID } from 'node:crypto';
import { WebSocket, type ClientOptions } from 'ws';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';
import { aClient, subscribe } from '../testing/subscriber.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await aGateway();
});
afterAll(() => test.stop());

const ALL = 'subscription { orderChanges { version } }';

describe('graphql-transport-ws', () => {
  it('refuses what is over a limit, and each answer names it', async () => {
    const client = aClient(test.gateway.url);
    const refusalOf = async (query: string): Promise<unknown> => {
      const subscriber = subscribe(client, query);
      await subscriber.ended();
      return subscriber.errors[0];
    };
    const aliases = Array.from({ length: 101 }, (_, n) => `a${n}: version`).join(' ');
    const deep = `${'{ product { stock '.repeat(10)}{ version }${' } }'.repeat(10)}`;
    expect(await refusalOf(`subscription { orderChanges { ${aliases} } }`)).toMatchObject({
      message: 'The query has 101 aliases; at most 100 are allowed',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'aliases', allowed: 100 },
    });
    expect(await refusalOf(`subscription { stockChanged ${deep} }`)).toMatchObject({
      message: 'The query is 22 levels deep; at most 15 are allowed',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'depth' },
    });
    expect(await refusalOf(`subscription { orderChanges { ${'version '.repeat(10_001)} } }`)).toMatchObject({
      message: expect.stringContaining('10000 tokens'),
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
    await client.dispose();
  });

  it('refuses a socket its 51st subscription, and only that', async () => {
    const client = aClient(test.gateway.url);
    const subscribers = Array.from({ length: 51 }, () => subscribe(client, ALL));
    await subscribers[50]!.ended();
    expect(subscribers[50]!.errors).toMatchObject([
      { extensions: { limit: 'subscriptionsPerSocket', allowed: 50 } },
    ]);
    await test.metricIs('holdfast_websocket_subscriptions', 50);
    await test.facts.publish(test.orders.commit(randomUUID(), 'PENDING'));
    await Promise.all(subscribers.slice(0, 50).map((subscriber) => subscriber.heard(1)));
    await client.dispose();
  });

  it('closes on a message of more than 1 MiB, and says so', async () => {
    const { socket, closed } = await anOpenSocket();
    socket.send('x'.repeat(1024 * 1024 + 1));
    expect(await closed).toEqual([1009, 'A message may have at most 1048576 bytes']);
  });

  it('refuses queries, documents that are wrong, and a customer that is none', async () => {
    const client = aClient(test.gateway.url);
    const [query, wrong, skipped] = [
      '{ __typename }',
      'subscription { nothing }',
      'subscription { orderChanges @skip(if: true) { version } }',
    ].map((document) => subscribe(client, document));
    await Promise.all([query!.ended(), wrong!.ended(), skipped!.ended()]);
    expect(query!.errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    expect(wrong!.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(skipped!.errors).toHaveLength(1);
    await client.dispose();
    const nobody = aClient(test.gateway.url, '');
    const refused = subscribe(nobody, ALL);
    await refused.ended();
    expect(refused.errors).toEqual([{ message: 'closed with 4403' }]);
  });

  it('is not spoken with the page of another site, nor on another path', async () => {
    const statusOf = (path: string, options: ClientOptions): Promise<number | undefined> =>
      new Promise((resolve) => {
        const socket = new WebSocket(
          `${test.gateway.url.replace('http', 'ws')}${path}`,
          'graphql-transport-ws',
          options,
        );
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('open', () => {
          socket.close();
          resolve(101);
        });
      });
    expect(await statusOf('/graphql', { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await statusOf('/graphql', { origin: 'http://localhost:5173' })).toBe(101);
    expect(await statusOf('/elsewhere', {})).toBe(404);
  });

  it('lets go of a subscription that a client ends, also while nothing happens', async () => {
    const client = aClient(test.gateway.url);
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(
      client,
      'subscription($id: ID!) { orderStatusChanged(orderId: $id) { version } }',
      { id },
    );
    await subscriber.heard(1);
    await test.metricIs('holdfast_live_open_orders', 1);
    subscriber.stop();
    await test.metricIs('holdfast_live_open_orders', 0);
    await test.metricIs('holdfast_websocket_subscriptions', 0);
    await client.dispose();
  });

  it('closes with 1001 when the gateway stops', async () => {
    const other = await aGateway();
    const { socket, closed } = await anOpenSocket(other);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: ALL } }));
    await other.metricIs('holdfast_websocket_subscriptions', 1);
    const [[code]] = await Promise.all([closed, other.stop()]);
    expect(code).toBe(1001);
  });
});

async function anOpenSocket(
  of: TestGateway = test,
): Promise<{ socket: WebSocket; closed: Promise<[number, string]> }> {
  const socket = new WebSocket(`${of.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise<[number, string]>((resolve) =>
    socket.once('close', (code, reason) => resolve([code, String(reason)])),
  );
  let isAcknowledged = false;
  socket.once('message', () => {
    isAcknowledged = true;
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await waitUntil(() => isAcknowledged, { withinMs: 5_000 });
  return { socket, closed };
}
