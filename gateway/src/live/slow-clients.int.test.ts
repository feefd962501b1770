import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import type { Client } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';
import { aClient, subscribe, versionsOf, type Subscriber } from '../testing/subscriber.ts';

const QUEUE_LIMIT = 50;
/** Many aliases make a large message, so that the buffers between the processes are soon full. */
const ALIASES = Array.from({ length: 90 }, (_, index) => `a${index}: eventId`).join(' ');
const STATUS = `subscription($id: ID!, $after: Int!) { orderStatusChanged(orderId: $id, after: $after) { version ${ALIASES} } }`;

let test: TestGateway;
let neighbour: Client;

beforeAll(async () => {
  test = await aGateway({ queueLimit: QUEUE_LIMIT });
  neighbour = aClient(test.gateway.url);
});
afterEach(() => neighbour.dispose());
afterAll(() => test.stop());

describe('a client that stops reading', () => {
  it('is cut with its last version, goes on from there, and its neighbour misses nothing', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const quick = subscribe(neighbour, STATUS, { id, after: 0 });
    const slow = await aRawSocket(STATUS, { id, after: 0 });
    await Promise.all([quick.heard(1), waitUntil(() => slow.versions().length === 1, { withinMs: 5_000 })]);

    slow.socket.pause();
    const last = await changeUntilCut(id, quick);
    expect(versionsOf(quick)).toEqual(upTo(last));
    expect(quick.errors).toEqual([]);

    slow.socket.resume();
    await waitUntil(() => slow.errors().length > 0, { withinMs: 10_000 });
    const lastHeard = slow.versions().at(-1)!;
    expect(slow.errors()).toMatchObject([{ extensions: { code: 'SLOW_CLIENT', lastVersion: lastHeard } }]);
    expect(slow.versions()).toEqual(upTo(lastHeard));
    expect(lastHeard).toBeLessThan(last);

    const resumed = subscribe(neighbour, STATUS, { id, after: lastHeard });
    await resumed.heard(last - lastHeard);
    expect([...slow.versions(), ...versionsOf(resumed)]).toEqual(upTo(last));
    slow.webSocket.close();
  });

  /** Changes the order until the slow one is cut, no faster than the quick one hears of it; returns the last version. */
  async function changeUntilCut(id: string, quick: Subscriber): Promise<number> {
    for (let version = 1; version < 20_000;) {
      const changes = Array.from({ length: QUEUE_LIMIT / 2 }, () => test.orders.commit(id, 'RESERVED'));
      await Promise.all(changes.map((change) => test.facts.publish(change)));
      version += changes.length;
      await quick.heard(version);
      if ((await test.metric('holdfast_live_cuts')) > 0) return version;
    }
    throw new Error('It was never cut');
  }
});

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

interface Message {
  readonly type: string;
  readonly payload: { readonly data: { readonly orderStatusChanged: { readonly version: number } } };
}

/** A client that can stop to read from its connection. */
async function aRawSocket(query: string, variables: object) {
  const webSocket = new WebSocket(
    `${test.gateway.url.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
  );
  const messages: Message[] = [];
  webSocket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as Message));
  await new Promise((resolve) => webSocket.once('open', resolve));
  webSocket.send(JSON.stringify({ type: 'connection_init' }));
  await waitUntil(() => messages.length > 0, { withinMs: 5_000 });
  webSocket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
  const { _socket: socket } = webSocket as unknown as { _socket: Socket };
  const ofType = (type: string): Message[] => messages.filter((message) => message.type === type);
  return {
    webSocket,
    socket,
    versions: () => ofType('next').map(({ payload }) => payload.data.orderStatusChanged.version),
    errors: () => ofType('error').flatMap(({ payload }) => payload as unknown as object[]),
  };
}
