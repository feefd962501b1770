import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSku, anOrder, placeOrder, watch } from '../orders.ts';
import { System } from '../system.ts';

describe('an order placed through the gateway', () => {
  let system: System;
  let sku: string;
  beforeAll(async () => {
    system = await System.start();
    sku = await aSku(system);
  }, 180_000);
  afterAll(() => system?.remove());

  const availableOf = async (): Promise<number> =>
    (
      await system.ask<{ product: { available: number } }>(
        'query ($sku: ID!) { product(sku: $sku) { available } }',
        { sku },
      )
    ).data.product.available;

  it('is PENDING at once and seen RESERVED by a subscriber, once each and in order, across both subgraphs', async () => {
    const before = await availableOf();
    const { order } = await placeOrder(system, anOrder(sku));
    expect(order).toMatchObject({ status: 'PENDING', version: 1 });
    const changes = await watch(system, order!.id, 0, 2);
    expect(changes.map(({ version, from, to }) => ({ version, from, to }))).toEqual([
      { version: 1, from: null, to: 'PENDING' },
      { version: 2, from: 'PENDING', to: 'RESERVED' },
    ]);
    expect(changes[1]!.order).toMatchObject({
      lines: [{ product: { name: expect.any(String) } }],
      reservation: { status: 'HELD' },
    });
    expect(await availableOf()).toBe(before - 1);
  });

  it('is REJECTED with what was short when there is not enough stock', async () => {
    const { order } = await placeOrder(system, anOrder(sku, { lines: [{ sku, quantity: 1_000_000 }] }));
    const changes = await watch(system, order!.id, 0, 2);
    expect(changes[1]!.to).toBe('REJECTED');
    const { data } = await system.ask(
      'query ($id: ID!) { order(id: $id) { rejection { shortages { sku requested available } } } }',
      {
        id: order!.id,
      },
    );
    expect(data).toMatchObject({
      order: { rejection: { shortages: [{ sku, requested: 1_000_000, available: await availableOf() }] } },
    });
  });

  it('gives its stock back when it is cancelled', async () => {
    const before = await availableOf();
    const { order } = await placeOrder(system, anOrder(sku));
    await watch(system, order!.id, 0, 2);
    const { data } = await system.ask(
      'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { order { status } problems { code } } }',
      { id: order!.id },
    );
    expect(data).toEqual({ cancelOrder: { order: { status: 'CANCELLED' }, problems: [] } });
    const deadline = Date.now() + 10_000;
    while ((await availableOf()) !== before && Date.now() < deadline) await watch(system, order!.id, 0, 3);
    expect(await availableOf()).toBe(before);
  });

  it('is still there after a stop and a start of everything, and its changes resume after the version last seen', async () => {
    const { order } = await placeOrder(system, anOrder(sku));
    await watch(system, order!.id, 0, 2);
    expect(await system.stop()).toBe(0);
    await system.start();
    const changes = await watch(system, order!.id, 1, 1);
    expect(changes.map(({ version, to }) => ({ version, to }))).toEqual([{ version: 2, to: 'RESERVED' }]);
  }, 120_000);

  it('leaves the books balanced', async () => {
    const { code, output } = await system.run('reconcile');
    expect({ code, output }).toMatchObject({ code: 0 });
  });
});
