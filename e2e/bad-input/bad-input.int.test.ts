import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { aSku, anOrder, placeOrder, watch } from '../orders.ts';
import { System } from '../system.ts';

describe('bad input', () => {
  let system: System;
  let sku: string;
  beforeAll(async () => {
    system = await System.start();
    sku = await aSku(system);
  }, 180_000);
  afterAll(() => system?.remove());

  const totals = async () => (await system.ask('{ orderTotals { status count } }')).data;

  it.each<[string, (sku: string) => object, string, string[] | null]>([
    [
      'a quantity of zero',
      (sku) => ({ lines: [{ sku, quantity: 0 }] }),
      'INVALID_INPUT',
      ['lines', '0', 'quantity'],
    ],
    [
      'a negative quantity',
      (sku) => ({ lines: [{ sku, quantity: -1 }] }),
      'INVALID_INPUT',
      ['lines', '0', 'quantity'],
    ],
    [
      'a huge quantity',
      (sku) => ({ lines: [{ sku, quantity: 1_000_001 }] }),
      'INVALID_INPUT',
      ['lines', '0', 'quantity'],
    ],
    ['no lines', () => ({ lines: [] }), 'INVALID_INPUT', ['lines']],
    [
      '2,001 lines',
      (sku) => ({ lines: Array.from({ length: 2_001 }, () => ({ sku, quantity: 1 })) }),
      'INVALID_INPUT',
      ['lines'],
    ],
    [
      'an unknown SKU',
      () => ({ lines: [{ sku: 'no-such', quantity: 1 }] }),
      'UNKNOWN_SKU',
      ['lines', '0', 'sku'],
    ],
    [
      'an unknown country',
      () => ({ destination: { country: 'XX' } }),
      'INVALID_INPUT',
      ['destination', 'country'],
    ],
    [
      'latitude 91',
      () => ({ destination: { country: 'GB', latitude: 91, longitude: 0 } }),
      'INVALID_INPUT',
      ['destination', 'latitude'],
    ],
    [
      'latitude without longitude',
      () => ({ destination: { country: 'GB', latitude: 51 } }),
      'INVALID_INPUT',
      ['destination', 'longitude'],
    ],
    [
      'a city that does not exist',
      () => ({ destination: { country: 'GB', city: 'Nosuchtown-on-Sea' } }),
      'INVALID_INPUT',
      ['destination', 'city'],
    ],
    ['an empty key', () => ({ idempotencyKey: '' }), 'INVALID_INPUT', ['idempotencyKey']],
    ['an over-long key', () => ({ idempotencyKey: 'k'.repeat(201) }), 'INVALID_INPUT', ['idempotencyKey']],
    ['a control character', () => ({ reference: 'a\u0007b' }), 'INVALID_INPUT', ['reference']],
  ])('%s is a problem with its path, and places nothing', async (_name, parts, code, path) => {
    const before = await totals();
    const { order, problems } = await placeOrder(system, anOrder(sku, parts(sku)));
    expect(order).toBeNull();
    expect(problems[0]).toMatchObject({ code, path });
    expect(problems[0]!.message).not.toBe('');
    expect(await totals()).toEqual(before);
  });

  it('a fractional quantity is refused by its type', async () => {
    const query = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
    const { errors } = await system.ask(query, { input: anOrder(sku, { lines: [{ sku, quantity: 1.5 }] }) });
    expect(errors?.[0]?.message).toMatch(/Int cannot represent non-integer value: 1.5/);
  });

  it('the same key with other content is told apart; another customer may use the key', async () => {
    const idempotencyKey = randomUUID();
    const first = await placeOrder(system, anOrder(sku, { idempotencyKey }));
    expect((await placeOrder(system, anOrder(sku, { idempotencyKey }))).order?.id).toBe(first.order?.id);
    const other = await placeOrder(system, anOrder(sku, { idempotencyKey, lines: [{ sku, quantity: 2 }] }));
    expect(other.problems[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const foreign = await placeOrder(system, anOrder(sku, { idempotencyKey }), {
      'x-holdfast-customer': 'ann',
    });
    expect(foreign.order?.id).not.toBe(first.order?.id);
  });

  it('a foreign order, an unknown one and an id that is none all look the same', async () => {
    const { order } = await placeOrder(system, anOrder(sku), { 'x-holdfast-customer': 'ann' });
    const cancel =
      'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { order { id } problems { code } } }';
    for (const id of [order!.id, randomUUID(), 'no-id']) {
      const { data } = await system.ask(cancel, { id }, { 'x-holdfast-customer': 'bob' });
      expect(data).toEqual({ cancelOrder: { order: null, problems: [{ code: 'ORDER_NOT_FOUND' }] } });
      const read = await system.ask(
        'query ($id: ID!) { order(id: $id) { id } }',
        { id },
        { 'x-holdfast-customer': 'bob' },
      );
      expect(read.data).toEqual({ order: null });
    }
    await expect(watch(system, randomUUID(), null, 1)).rejects.toMatchObject([
      { extensions: { code: 'ORDER_NOT_FOUND' } },
    ]);
  });

  it('adjusting below what is reserved is a problem', async () => {
    const { data } = await system.ask<{
      product: { stock: { facility: { id: string }; zone: string; onHand: number }[] };
    }>('query ($sku: ID!) { product(sku: $sku) { stock { facility { id } zone onHand } } }', { sku });
    const level = data.product.stock[0]!;
    const answer = await system.ask(
      'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { changed problems { code path } } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          reason: 'count',
          lines: [{ facilityId: level.facility.id, sku, zone: level.zone, quantity: -level.onHand - 1 }],
        },
      },
    );
    expect(answer.data).toMatchObject({
      adjustStock: { changed: 0, problems: [{ path: ['lines', '0', 'quantity'] }] },
    });
  });

  it.each([
    ['a negative price', { amount: '-1.00', currencyCode: 'GBP' }],
    ['another currency', { amount: '1.00', currencyCode: 'EUR' }],
  ])('a product with %s is a problem', async (_name, unitPrice) => {
    const { data } = await system.ask(
      'mutation ($input: [ProductInput!]!) { upsertProducts(input: $input) { changed problems { code } } }',
      { input: [{ sku: 'new', name: 'New', unitPrice }] },
    );
    expect(data).toMatchObject({ upsertProducts: { changed: 0, problems: [{ code: 'INVALID_INPUT' }] } });
  });

  it('JSON that is none, a query 50 deep, 1,000 aliases and a body of 2 MB are refused with their limit named', async () => {
    const post = async (body: string) => {
      const response = await fetch(system.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await post('{"query":')).status).toBe(400);
    const deep = `{ product(sku: "a") { ${'stock { product { '.repeat(25)} sku ${'} }'.repeat(25)} } }`;
    expect((await post(JSON.stringify({ query: deep }))).text).toMatch(/depth.*15|15.*deep/i);
    const aliases = Array.from({ length: 1_000 }, (_, index) => `a${index}: viewer { customerId }`).join(' ');
    expect((await post(JSON.stringify({ query: `{ ${aliases} }` }))).text).toMatch(/alias.*100|100.*alias/i);
    expect(
      (await post(JSON.stringify({ query: '{ viewer { customerId } }', x: 'x'.repeat(2_000_000) }))).status,
    ).toBe(413);
  });

  it('the gateway passes the GraphQL over HTTP audit without an error', async () => {
    const results = await auditServer({ url: system.url });
    expect(results.filter(({ status }) => status === 'error')).toEqual([]);
  }, 60_000);
});
