import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId } from '@holdfast/messaging';
import { waitFor } from '@holdfast/messaging/testing';
import type { Viewer } from '@holdfast/service';
import { customer, operator, seedService, startTestService, type TestService } from '../testing-service.ts';
import { anOrderPlaced } from '../testing.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await seedService(service);
  for (let count = 0; count < 3; count += 1) {
    const order = anOrderPlaced({ TEA: 2 });
    await service.state(order);
    await waitFor('held', async () => (await service.statusOf(order.data.orderId)) === 'HELD');
  }
});
afterAll(() => service?.stop());

describe('the subgraph', () => {
  it('pages through products, stock and ledger without gaps or repeats', async () => {
    const skus = await service.pages('products(first: 1, after: $after)', 'sku');
    expect(skus).toEqual(['50%_OFF', '85123A', 'CUP', 'TEA']);
    const { data } = await service.ask(
      `{ facility(id: "leicester") { stock(first: 1) { edges { node { zone } } pageInfo { endCursor hasNextPage } } } }`,
    );
    const stock = (data!['facility'] as { stock: { pageInfo: { endCursor: string } } }).stock;
    expect(stock).toMatchObject({ edges: [{ node: { zone: 'PRIMARY' } }], pageInfo: { hasNextPage: true } });
    const next = await service.ask(
      `query ($after: String) { facility(id: "leicester") { stock(first: 1, after: $after) {
        edges { node { zone product { sku } } } pageInfo { hasNextPage hasPreviousPage } } } }`,
      { after: stock.pageInfo.endCursor },
    );
    expect(next.data).toMatchObject({
      facility: {
        stock: {
          edges: [{ node: { zone: 'BACK' } }],
          pageInfo: { hasNextPage: false, hasPreviousPage: false },
        },
      },
    });
    const all = (await service.column('stockMovements(first: 200)', 'id')).map(Number);
    expect(all).toEqual(all.toSorted((one, other) => other - one));
    expect((await service.pages('stockMovements(first: 2, after: $after)', 'id')).map(Number)).toEqual(all);
    const tea = (await service.column('stockMovements(first: 200, sku: "TEA")', 'id')).map(Number);
    expect(
      (await service.pages('stockMovements(first: 2, after: $after, sku: "TEA")', 'id')).map(Number),
    ).toEqual(tea);
    expect(tea.length).toBeGreaterThan(3);
    const there = await service.pages(
      'stockMovements(first: 1, after: $after, sku: "TEA", facilityId: "dublin")',
      'id',
    );
    expect(there).toHaveLength(1);
  });

  it('finds products by a part of SKU or name in any case, taking wildcards as they are', async () => {
    const search = (text: string) =>
      service.pages(`products(first: 2, after: $after, search: "${text}")`, 'sku');
    expect(await search('hanging')).toEqual(['85123A']);
    expect(await search('5123')).toEqual(['85123A']);
    expect(await search('t')).toEqual(['TEA']);
    expect(await search('%_off')).toEqual(['50%_OFF']);
    expect(await search('pr')).toEqual(['50%_OFF', 'CUP', 'TEA']);
    expect(await search('%')).toEqual([]);
    expect(await search('_')).toEqual([]);
    expect(await search('nothing')).toEqual([]);
  });

  it('refuses pages that are too long and cursors that are none', async () => {
    for (const list of [
      'products(first: 201)',
      'stockMovements(first: 0)',
      'products(after: "x")',
      'stockMovements(after: "W10")',
      'reservations(first: 201)',
      'reservations(after: "WyIxIl0")',
      'reservations(sku: "TEA", after: "x")',
    ]) {
      const { errors } = await service.ask(`{ ${list} { edges { cursor } } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('finds nothing under names that nothing can have', async () => {
    const document = `query ($name: ID!, $text: String) {
      product(sku: $name) { sku }
      facility(id: $name) { id }
      found: products(search: $text) { edges { cursor } }
      bySku: stockMovements(sku: $name) { edges { cursor } }
      byFacility: stockMovements(facilityId: $name) { edges { cursor } }
      byOrder: stockMovements(orderId: $name) { edges { cursor } }
      reserved: reservations(sku: $name) { edges { cursor } }
    }`;
    for (const name of ['', 'no id', '__proto__', 'x\u0000', '\ud83d']) {
      expect(await service.ask(document, { name, text: `none ${name}` })).toEqual({
        data: {
          product: null,
          facility: null,
          found: { edges: [] },
          bySku: { edges: [] },
          byFacility: { edges: [] },
          byOrder: { edges: [] },
          reserved: { edges: [] },
        },
      });
    }
    const { data } = await service.ask(
      'query ($products: [_Any!]!) { _entities(representations: $products) { ... on Product { sku } } }',
      { products: ['x\u0000', 'TEA'].map((sku) => ({ __typename: 'Product', sku })) },
    );
    expect(data).toEqual({ _entities: [null, { sku: 'TEA' }] });
  });

  it('refuses cursors of rows that cannot be', async () => {
    const cursor = (...key: string[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const list of [
      `{ products(after: "${cursor('x\u0000')}") { edges { cursor } } }`,
      `{ facility(id: "leicester") { stock(after: "${cursor('x\u0000', 'BACK')}") { edges { cursor } } } }`,
    ]) {
      const { errors } = await service.ask(list);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('refuses texts that cannot be stored as they are', async () => {
    const { data } = await service.ask(
      `mutation ($bad: String!, $badId: ID!, $long: String!) {
        upsertProducts(input: [
          { sku: $badId, name: "n", unitPrice: { amount: "1", currencyCode: "GBP" } }
          { sku: "S", name: $bad, unitPrice: { amount: "1", currencyCode: "GBP" } }
        ]) { changed problems { code path } }
        receiveStock(input: { idempotencyKey: $badId, reason: $bad, lines: [
          { facilityId: "dublin", sku: "CUP", quantity: 1 }] }) { changed problems { code path } }
        long: inventoryDiscardParked(ids: [], reason: $long) { changed problems { code path } }
        bad: inventoryDiscardParked(ids: [], reason: $bad) { changed problems { code path } }
      }`,
      { bad: 'half \ud83d', badId: '\ud83d', long: 'r'.repeat(201) },
    );
    const refused = (...paths: string[][]) => ({
      changed: 0,
      problems: paths.map((path) => ({ code: 'INVALID_INPUT', path })),
    });
    expect(data).toEqual({
      upsertProducts: refused(['0', 'sku'], ['1', 'name']),
      receiveStock: refused(['idempotencyKey'], ['reason']),
      long: refused(['reason']),
      bad: refused(['reason']),
    });
  });

  it('lets only operators change catalogue and stock, and see messaging', async () => {
    const forbidden = [
      'mutation { upsertProducts(input: []) { changed } }',
      'mutation { upsertFacilities(input: []) { changed } }',
      'mutation { receiveStock(input: { idempotencyKey: "k", lines: [] }) { changed } }',
      'mutation { adjustStock(input: { idempotencyKey: "k", reason: "r", lines: [] }) { changed } }',
      'mutation { inventoryRedriveParked(ids: []) { changed } }',
      'mutation { inventoryDiscardParked(ids: [], reason: "r") { changed } }',
      '{ inventoryMessaging { outboxRows } }',
      '{ reservations { edges { cursor } } }',
    ];
    for (const query of forbidden) {
      for (const viewer of [customer('anna'), null]) {
        const { errors } = await service.ask(query, {}, viewer);
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    }
    const { errors } = await service.ask(
      `mutation { confirmOrder(orderId: "${newEventId()}") { problems { code } } }`,
      {},
      null,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('pages through reservations and those of a SKU, each with its order', async () => {
    const newest = await service.pages('reservations(first: 200)', 'decidedAt');
    expect(newest.length).toBeGreaterThan(2);
    expect(newest).toEqual(newest.toSorted().toReversed());
    expect(await service.pages('reservations(first: 1, after: $after, status: HELD)', 'decidedAt')).toEqual(
      newest,
    );
    expect(await service.pages('reservations(first: 1, after: $after, sku: "TEA")', 'decidedAt')).toEqual(
      newest,
    );
    expect(await service.pages('reservations(sku: "CUP")', 'decidedAt')).toEqual([]);
    const { data } = await service.ask(
      '{ reservations(first: 1, sku: "TEA") { edges { node { order { id } } } } stockMovements(first: 1) { edges { node { orderId } } } }',
    );
    const [last] = (data!['stockMovements'] as { edges: { node: { orderId: string } }[] }).edges;
    expect(data!['reservations']).toEqual({ edges: [{ node: { order: { id: last!.node.orderId } } }] });
  });

  it('tells operators what a facility holds altogether, and nobody else', async () => {
    const document = '{ facility(id: "leicester") { totals { levels onHand available } } }';
    const { data } = await service.ask(document);
    expect(data).toMatchObject({ facility: { totals: { levels: 2, onHand: 103 } } });
    for (const viewer of [null, customer('carla')]) {
      const refused = await service.ask(document, {}, viewer);
      expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    await service.ask(`mutation { upsertFacilities(input: [
      { id: "empty", name: "Empty", country: "GB", latitude: 52, longitude: 0 }]) { changed } }`);
    const empty = await service.ask(
      '{ facility(id: "empty") { totals { levels onHand reserved available } } }',
    );
    expect(empty.data).toEqual({ facility: { totals: { levels: 0, onHand: 0, reserved: 0, available: 0 } } });
  });

  it('hides from a customer whose orders moved the stock, but not their own', async () => {
    const own = anOrderPlaced({ TEA: 1 }, { customerId: 'carla' });
    await service.state(own);
    await waitFor('held', async () => (await service.statusOf(own.data.orderId)) === 'HELD');
    const query = `query ($id: ID) { stockMovements(first: 200, sku: "TEA", orderId: $id) { edges { node { orderId } } } }`;
    const orderIds = async (id: string | null, viewer: Viewer | null) => {
      const { data } = await service.ask(query, { id }, viewer);
      const { edges } = data!['stockMovements'] as { edges: { node: { orderId: string | null } }[] };
      return new Set(edges.map(({ node }) => node.orderId));
    };
    expect(await orderIds(null, customer('carla'))).toEqual(new Set([own.data.orderId, null]));
    expect(await orderIds(own.data.orderId, customer('carla'))).toEqual(new Set([own.data.orderId]));
    expect(await orderIds(own.data.orderId, customer('ben'))).toEqual(new Set());
    expect((await orderIds(null, operator)).size).toBeGreaterThan(2);
  });

  it('answers problems of commands as values', async () => {
    const refusedOrder = await service.ask(
      `mutation { confirmOrder(orderId: "no id") { order { id } problems { code path } } }`,
    );
    expect(refusedOrder.data).toEqual({
      confirmOrder: { order: null, problems: [{ code: 'ORDER_NOT_FOUND', path: ['orderId'] }] },
    });
    const below =
      await service.ask(`mutation { adjustStock(input: { idempotencyKey: "b", reason: "lost", lines: [
      { facilityId: "dublin", sku: "CUP", quantity: -51 }] }) { changed problems { code path } } }`);
    expect((below.data!['adjustStock'] as { problems: unknown }).problems).toEqual([
      { code: 'BELOW_RESERVED', path: ['lines', '0', 'quantity'] },
    ]);
    const parked = await service.ask(
      `mutation { inventoryRedriveParked(ids: ["${newEventId()}"]) { changed problems { code } } }`,
    );
    expect(parked.data).toEqual({
      inventoryRedriveParked: { changed: 0, problems: [{ code: 'NOT_PARKED' }] },
    });
  });
});
