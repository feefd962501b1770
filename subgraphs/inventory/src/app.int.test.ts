import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectNats, liveStockSubject, newEventId } from '@holdfast/messaging';
import { waitFor } from '@holdfast/messaging/testing';
import { createLogger } from '@holdfast/service';
import { customer, seedService, startTestService, type TestService } from './testing-service.ts';
import { anOrderCancelled, anOrderPlaced } from './testing.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service?.stop());

const reservationOf = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { id reservation {
  status expiresAt decidedAt
  allocations { quantity zone product { sku name } facility { id } }
  decision { policyVersion international method candidates { facility { id } chosen distanceKm because } }
} } } }`;
describe('the inventory service', () => {
  it('takes catalogue and stock, and answers with what became of them', async () => {
    const [products, facilities, received] = await seedService(service);
    expect(products!.data).toEqual({ upsertProducts: { changed: 4, problems: [] } });
    expect(facilities!.data).toEqual({ upsertFacilities: { changed: 2, problems: [] } });
    expect(received!.data).toMatchObject({
      receiveStock: {
        changed: 4,
        problems: [],
        levels: [{ onHand: 3, version: 1, available: 3, product: { name: 'Product TEA' } }, {}, {}, {}],
      },
    });
  });

  it('ties stock to an order that was placed, and shows where and why, to whom it concerns', async () => {
    const order = anOrderPlaced({ TEA: 5 }, { customerId: 'anna' });
    await service.state(order);
    await waitFor('held', async () => (await service.statusOf(order.data.orderId)) === 'HELD');
    const { data } = await service.ask(
      reservationOf,
      { ids: [{ __typename: 'Order', id: order.data.orderId }] },
      customer('anna'),
    );
    expect(data!['_entities']).toMatchObject([
      {
        reservation: {
          status: 'HELD',
          expiresAt: null,
          allocations: [
            { quantity: 3, zone: 'PRIMARY', product: { sku: 'TEA' }, facility: { id: 'leicester' } },
            { quantity: 2, zone: 'BACK' },
          ],
          decision: {
            international: false,
            method: 'EXACT',
            candidates: [
              {
                facility: { id: 'dublin' },
                chosen: false,
                because: expect.stringMatching(/^Domestic first/),
              },
              { facility: { id: 'leicester' }, chosen: true },
            ],
          },
        },
      },
    ]);
    expect(await service.statusOf(order.data.orderId, customer('ben'))).toBeNull();
    expect(await service.statusOf(order.data.orderId, null)).toBeNull();
    expect(await service.statusOf('no id')).toBeNull();
  });

  it('tells who watches about changed levels, by commands and by orders, with their versions', async () => {
    const nats = await connectNats({
      url: service.natsUrl,
      name: 'watcher',
      signal: AbortSignal.timeout(5_000),
      log: createLogger('watcher', 'silent'),
    });
    const seen: { sku: string; onHand: number; reserved: number; version: number }[] = [];
    const products: { sku: string; available: number; availableVersion: number }[] = [];
    nats.subscribe(liveStockSubject, {
      callback: (_error, message) => {
        const heard = message.json<{ levels: typeof seen; products: typeof products }>();
        seen.push(...heard.levels);
        products.push(...heard.products);
      },
    });
    await nats.flush();
    await service.ask(
      `mutation { adjustStock(input: { idempotencyKey: "adjust", reason: "found", lines: [
         { facilityId: "dublin", sku: "CUP", quantity: 1 }] }) { changed } }`,
    );
    await waitFor('adjusted', () => seen.some(({ sku, onHand }) => sku === 'CUP' && onHand === 51));
    await service.state(anOrderPlaced({ CUP: 4 }, { country: 'IE' }));
    await waitFor('reserved', () => seen.some(({ sku, reserved }) => sku === 'CUP' && reserved === 4));
    expect(seen.filter(({ sku }) => sku === 'CUP').map(({ version }) => version)).toEqual([2, 3]);
    expect(products.at(-1)).toEqual({ sku: 'CUP', available: 47, availableVersion: 3 });
    await nats.close();
  });

  it('keeps a tombstone for a cancel that overtakes its order', async () => {
    const orderId = newEventId();
    await service.state(anOrderCancelled(orderId));
    await waitFor('cancelled', async () => (await service.pending()) === 0);
    await service.state(anOrderPlaced({ CUP: 40 }, { orderId }));
    const next = anOrderPlaced({ CUP: 1 }, { country: 'IE' });
    await service.state(next);
    await waitFor('the next one held', async () => (await service.statusOf(next.data.orderId)) === 'HELD');
    expect(await service.statusOf(orderId)).toBeNull();
    const { data } = await service.ask(
      `query ($id: ID!) { stockMovements(orderId: $id) { edges { cursor } } }`,
      {
        id: orderId,
      },
    );
    expect(data).toEqual({ stockMovements: { edges: [] } });
  });

  it('says in its body, not in its verdict, whether NATS is there', async () => {
    const ready = new URL('/readyz', service.url);
    expect(await (await fetch(ready)).json()).toMatchObject({ isReady: true, nats: 'connected' });
    const metrics = await (await fetch(new URL('/metrics', service.url))).text();
    expect(/^holdfast_nats_connected{.*} 1$/m.exec(metrics)).not.toBeNull();
    expect(/^holdfast_consumer_pending{.*inventory-orders.*} 0$/m.exec(metrics)).not.toBeNull();
  });
});
