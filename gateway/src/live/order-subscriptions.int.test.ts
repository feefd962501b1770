import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import { aGateway, type TestGateway } from '../testing/a-gateway.ts';
import { aClient, subscribe, versionsOf } from '../testing/subscriber.ts';

const COVERED = `subscription($id: ID!, $after: Int) {
  orderStatusChanged(orderId: $id, after: $after) { eventId version from to order { id status version } }
}`;
const CROSSING = `subscription($id: ID!, $after: Int) {
  orderStatusChanged(orderId: $id, after: $after) { version to order { status total { amount } reservation { status } } }
}`;

let test: TestGateway;
const clients: Client[] = [];
const client = (customer?: string): Client => {
  const made = aClient(test.gateway.url, customer);
  clients.push(made);
  return made;
};
beforeAll(async () => {
  test = await aGateway();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (open) => open.dispose()));
  await test.metricIs('holdfast_websocket_subscriptions', 0);
});
afterAll(() => test.stop());

describe('orderStatusChanged', () => {
  it('tells PENDING and RESERVED once each and in order, with a selection across both subgraphs', async () => {
    const id = randomUUID();
    await test.facts.publish(test.orders.commit(id, 'PENDING'));
    const subscriber = subscribe(client(), CROSSING, { id, after: 0 });
    await subscriber.heard(1);
    await test.facts.publish(test.orders.commit(id, 'RESERVED'));
    await subscriber.heard(2);
    const order = { total: { amount: '10.00' }, reservation: { status: 'HELD' } };
    expect(subscriber.results).toEqual([
      { data: { orderStatusChanged: { version: 1, to: 'PENDING', order: { status: 'PENDING', ...order } } } },
      {
        data: { orderStatusChanged: { version: 2, to: 'RESERVED', order: { status: 'RESERVED', ...order } } },
      },
    ]);
  });

  it('tells the latest change first when it is not told where to begin', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    test.orders.commit(id, 'RESERVED');
    const subscriber = subscribe(client(), COVERED, { id });
    await subscriber.heard(1);
    expect(versionsOf(subscriber)).toEqual([2]);
  });

  it('goes on after the version that a client saw last', async () => {
    const id = randomUUID();
    for (const status of ['PENDING', 'RESERVED', 'SHIPPING'] as const) test.orders.commit(id, status);
    const subscriber = subscribe(client(), COVERED, { id, after: 1 });
    await subscriber.heard(2);
    expect(versionsOf(subscriber)).toEqual([2, 3]);
  });

  it('hears live of an order whose id the client writes in capitals', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(client(), COVERED, { id: id.toUpperCase(), after: 0 });
    await subscriber.heard(1);
    await test.facts.publish(test.orders.commit(id, 'RESERVED'));
    await subscriber.heard(2);
    expect(versionsOf(subscriber)).toEqual([1, 2]);
  });

  it('completes after a final change, live and replayed', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const live = subscribe(client(), COVERED, { id, after: 1 });
    await test.metricIs('holdfast_live_open_orders', 1);
    await test.facts.publish(test.orders.commit(id, 'REJECTED'));
    await live.ended();
    const replayed = subscribe(client(), COVERED, { id, after: 0 });
    await replayed.ended();
    const over = subscribe(client(), COVERED, { id, after: 2 });
    await over.ended();
    expect([versionsOf(live), versionsOf(replayed), versionsOf(over)]).toEqual([[2], [1, 2], []]);
    expect([live, replayed, over].map(({ errors }) => errors)).toEqual([[], [], []]);
  });

  it('delivers once what comes twice, and in order what comes out of order', async () => {
    const id = randomUUID();
    const placed = test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(client(), COVERED, { id, after: 0 });
    await subscriber.heard(1);
    const reserved = test.orders.commit(id, 'RESERVED');
    const shipping = test.orders.commit(id, 'SHIPPING');
    for (const change of [shipping, reserved, placed]) await test.facts.publish(change);
    const delivered = test.orders.commit(id, 'DELIVERED');
    for (const change of [{ ...shipping, eventId: randomUUID() }, delivered])
      await test.facts.publish(change);
    await subscriber.ended();
    expect(versionsOf(subscriber)).toEqual([1, 2, 3, 4]);
  });

  it('misses no change that happens between the reading of the order and the answer', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const witness = subscribe(client(), COVERED, { id, after: 0 });
    await witness.heard(1);
    test.orders.betweenReadAndAnswer = async () => {
      await test.facts.publish(test.orders.commit(id, 'RESERVED'));
      await witness.heard(2);
    };
    const subscriber = subscribe(client(), COVERED, { id, after: 0 });
    await subscriber.heard(2);
    test.orders.betweenReadAndAnswer = async () => undefined;
    expect(versionsOf(subscriber)).toEqual([1, 2]);
  });

  it('fills a gap from the journal', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(client(), COVERED, { id, after: 0 });
    await subscriber.heard(1);
    test.orders.commit(id, 'RESERVED');
    await test.facts.publish(test.orders.commit(id, 'SHIPPING'));
    await subscriber.heard(3);
    expect(versionsOf(subscriber)).toEqual([1, 2, 3]);
  });

  it('asks no subgraph for what an event itself covers', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(client(), COVERED, { id, after: 0 });
    await subscriber.heard(1);
    const before = new Map([...test.orders.requests, ...test.inventory.requests]);
    const change = test.orders.commit(id, 'RESERVED');
    await test.facts.publish(change);
    await subscriber.heard(2);
    expect(new Map([...test.orders.requests, ...test.inventory.requests])).toEqual(before);
    expect(subscriber.results[1]).toEqual({
      data: {
        orderStatusChanged: {
          eventId: change.eventId,
          version: 2,
          from: 'PENDING',
          to: 'RESERVED',
          order: { id, status: 'RESERVED', version: 2 },
        },
      },
    });
  });

  it('works an event out once for all who ask the same, wherever they began', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscribers = Array.from({ length: 20 }, (_, index) =>
      subscribe(client(), CROSSING, { id, ...(index % 2 ? { after: 0 } : {}) }),
    );
    await Promise.all(subscribers.map((subscriber) => subscriber.heard(1)));
    const asked = test.inventory.requests.get('order') ?? 0;
    const worked = await test.metric('holdfast_live_executions');
    await test.facts.publish(test.orders.commit(id, 'RESERVED'));
    await Promise.all(subscribers.map((subscriber) => subscriber.heard(2)));
    expect((test.inventory.requests.get('order') ?? 0) - asked).toBe(1);
    expect((await test.metric('holdfast_live_executions')) - worked).toBe(1);
  });

  it('refuses an order that is unknown or belongs to somebody else, in the same words', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING', 'anna');
    const answers = await Promise.all(
      [
        subscribe(client('bert'), COVERED, { id }),
        subscribe(client('bert'), COVERED, { id: randomUUID() }),
      ].map(async (subscriber) => {
        await subscriber.ended();
        return subscriber.errors.map(({ message, extensions }) => [message, extensions?.['code']]);
      }),
    );
    expect(answers[0]).toEqual([['There is no such order', 'ORDER_NOT_FOUND']]);
    expect(answers[1]).toEqual(answers[0]);
    const own = subscribe(client('anna'), COVERED, { id });
    await own.heard(1);
    expect(versionsOf(own)).toEqual([1]);
  });

  it('refuses an `after` that the order has not reached, and a negative one', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    for (const after of [2, -1]) {
      const subscriber = subscribe(client(), COVERED, { id, after });
      await subscriber.ended();
      expect(subscriber.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(subscriber.errors[0]!.message).toContain(`after is ${after}`);
    }
  });

  it('tells the change with order: null and names the service when a subgraph does not answer', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    const subscriber = subscribe(client(), CROSSING, { id });
    await subscriber.heard(1);
    await test.inventory.stop();
    try {
      await test.facts.publish(test.orders.commit(id, 'RESERVED'));
      await subscriber.heard(2);
    } finally {
      await test.inventory.start();
    }
    expect(subscriber.results[1]!.data).toEqual({
      orderStatusChanged: { version: 2, to: 'RESERVED', order: null },
    });
    expect(subscriber.results[1]!.errors).toEqual([
      {
        message: 'The service "inventory" does not answer',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'inventory' },
      },
    ]);
  });
});

describe('orderChanges', () => {
  const ALL =
    'subscription($statuses: [OrderStatus!]) { orderChanges(statuses: $statuses) { to order { id } } }';

  it('tells an operator the changes of all orders that go to the wished statuses', async () => {
    const id = randomUUID();
    const subscriber = subscribe(client(), ALL, { statuses: ['RESERVED'] });
    await test.metricIs('holdfast_websocket_subscriptions', 1);
    for (const status of ['PENDING', 'RESERVED'] as const)
      await test.facts.publish(test.orders.commit(id, status));
    await subscriber.heard(1);
    expect(subscriber.results).toEqual([{ data: { orderChanges: { to: 'RESERVED', order: { id } } } }]);
  });

  it('refuses a customer', async () => {
    const subscriber = subscribe(client('anna'), ALL);
    await subscriber.ended();
    expect(subscriber.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
