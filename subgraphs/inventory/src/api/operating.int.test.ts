import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectNats, newEventId } from '@holdfast/messaging';
import { waitFor } from '@holdfast/messaging/testing';
import { createLogger } from '@holdfast/service';
import { customer, seedService, startTestService, type TestService } from '../testing-service.ts';
import { anOrderPlaced } from '../testing.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await seedService(service);
});
afterAll(() => service?.stop());

const instant = expect.stringMatching(/^\d{4}-.*Z$/);
const isHeld = (orderId: string) => async () => (await service.statusOf(orderId)) === 'HELD';

describe('The story of an order', () => {
  const story = `query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on Order { reservationFacts { id type version stream subject correlationId causationId occurredAt data
      isPublished publication { sequence publishedAt } } }
    ... on OrderFact { id handling { consumer handledAt deliveries streamSequence publishedAt } } } }`;

  it('shows an operator what inventory stated, where it went, and what it handled of what orders stated', async () => {
    const placed = anOrderPlaced({ TEA: 2 });
    const { orderId } = placed.data;
    const of = [
      { __typename: 'Order', id: orderId.toUpperCase() },
      { __typename: 'Order', id: newEventId() },
      { __typename: 'Order', id: 'no id\0' },
      { __typename: 'OrderFact', id: placed.eventId },
      { __typename: 'OrderFact', id: newEventId() },
    ];
    await service.state(placed);
    const entities = await waitFor('what it stated is published', async () => {
      const { data } = await service.ask(story, { of });
      const [order] = data!['_entities'] as { reservationFacts: { publication: object | null }[] }[];
      return order?.reservationFacts[0]?.publication && data!['_entities'];
    });
    expect(entities).toEqual([
      {
        reservationFacts: [
          {
            id: expect.any(String),
            type: 'StockReserved',
            version: 1,
            stream: 'INVENTORY',
            subject: 'inventory.reservation.reserved.v1',
            correlationId: placed.correlationId,
            causationId: placed.eventId,
            occurredAt: instant,
            data: expect.stringContaining(`{"orderId":"${orderId}","version":1,`),
            isPublished: true,
            publication: { sequence: expect.stringMatching(/^\d+$/), publishedAt: instant },
          },
        ],
      },
      { reservationFacts: [] },
      { reservationFacts: [] },
      {
        id: placed.eventId,
        handling: {
          consumer: 'inventory-orders',
          handledAt: instant,
          deliveries: 1,
          streamSequence: '1',
          publishedAt: instant,
        },
      },
      { id: of[4]!.id, handling: null },
    ]);
  });

  it('is for operators only', async () => {
    const of = [
      { __typename: 'Order', id: newEventId() },
      { __typename: 'OrderFact', id: newEventId() },
    ];
    for (const viewer of [customer('anna'), null]) {
      const { data, errors } = await service.ask(story, { of }, viewer);
      expect(data).toEqual({ _entities: [{ reservationFacts: null }, { id: of[1]!.id, handling: null }] });
      expect(errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    }
  });
});

describe('Parked messages', () => {
  const fields = `id consumer eventId eventType stream streamSequence subject headers reason attempts payload parkedAt
    closedAt closedBy closedAs closedReason`;
  const list = async (state: string) => {
    const { data } = await service.ask(
      `query ($state: ParkedState) { inventoryMessaging { parked(state: $state) { edges { node { ${fields} } } } } }`,
      { state },
    );
    const { parked } = data!['inventoryMessaging'] as { parked: { edges: { node: { id: string } }[] } };
    return parked.edges.map(({ node }) => node);
  };

  it('are shown with all they say of themselves, and once closed with who, how and why', async () => {
    const nats = await connectNats({
      url: service.natsUrl,
      name: 'by hand',
      signal: AbortSignal.timeout(10_000),
      log: createLogger('by hand', 'silent'),
    });
    nats.publish('orders.order.placed.v1', 'no JSON');
    await nats.drain();
    const [open] = await waitFor('it is parked', async () => {
      const rows = await list('OPEN');
      return rows.length === 1 && rows;
    });
    const asParked = {
      id: open!.id,
      consumer: 'inventory-orders',
      eventId: null,
      eventType: '',
      stream: 'ORDERS',
      streamSequence: expect.stringMatching(/^\d+$/),
      subject: 'orders.order.placed.v1',
      headers: '{}',
      reason: expect.stringContaining('MISSING_HEADER'),
      attempts: 0,
      payload: 'no JSON',
      parkedAt: instant,
    };
    expect(open).toEqual({
      ...asParked,
      closedAt: null,
      closedBy: null,
      closedAs: null,
      closedReason: null,
    });
    expect(await list('CLOSED')).toEqual([]);
    const discard = `mutation ($id: ID!) { inventoryDiscardParked(ids: [$id], reason: "no fact") { changed } }`;
    await service.ask(discard, { id: open!.id });
    expect(await list('OPEN')).toEqual([]);
    expect(await list('CLOSED')).toEqual([
      { ...asParked, closedAt: instant, closedBy: 'local', closedAs: 'DISCARDED', closedReason: 'no fact' },
    ]);
  });

  it('cannot be listed from a cursor that is none', async () => {
    for (const after of ['x', Buffer.from('["x"]').toString('base64url')]) {
      const { errors } = await service.ask(
        'query ($after: String) { inventoryMessaging { parked(after: $after) { edges { cursor } } } }',
        { after },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('Holding the consumer', () => {
  const hold = (seconds: number, viewer?: Parameters<TestService['ask']>[2]) =>
    service.ask(
      'mutation ($seconds: Int!) { inventoryHoldConsumer(seconds: $seconds) { pausedUntil problems { code path } } }',
      { seconds },
      viewer,
    );
  const shown = async () => {
    const { data } = await service.ask(
      '{ inventoryMessaging { isNatsConnected relay { epoch generation } consumers { name pending pausedUntil } } }',
    );
    return data!['inventoryMessaging'];
  };

  it('keeps orders from inventory until it is ended, and shows until when', async () => {
    const held = await hold(120);
    expect(held.data).toEqual({ inventoryHoldConsumer: { pausedUntil: instant, problems: [] } });
    const { pausedUntil } = held.data!['inventoryHoldConsumer'] as { pausedUntil: string };
    const order = anOrderPlaced({ TEA: 1 });
    await service.state(order);
    await waitFor('it waits', async () => (await service.pending()) === 1);
    expect(await shown()).toEqual({
      isNatsConnected: true,
      relay: { epoch: 1, generation: 0 },
      consumers: [{ name: 'inventory-orders', pending: 1, pausedUntil }],
    });
    expect(await service.statusOf(order.data.orderId)).toBeNull();
    expect((await hold(0)).data).toEqual({ inventoryHoldConsumer: { pausedUntil: null, problems: [] } });
    await waitFor('it is held', isHeld(order.data.orderId));
    expect(await shown()).toMatchObject({ consumers: [{ pausedUntil: null }] });
  });

  it('is refused for too long, and to who is no operator', async () => {
    expect((await hold(121)).data).toEqual({
      inventoryHoldConsumer: {
        pausedUntil: null,
        problems: [{ code: 'INVALID_INPUT', path: ['seconds'] }],
      },
    });
    for (const viewer of [customer('anna'), null]) {
      expect((await hold(5, viewer)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect(await shown()).toMatchObject({ consumers: [{ pausedUntil: null }] });
  });
});
