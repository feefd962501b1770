import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoProducts } from './demo-catalogue.ts';
import { loadDemo } from './load-demo.ts';

type Operation = {
  readonly query: string;
  readonly variables: { readonly input: { idempotencyKey?: string } };
};

/** Against a stand-in for the gateway that answers as it is told and notes what it was asked to change. */
describe('loading the demo', () => {
  let server: Server;
  let catalogue: { first: string | null; hasDemo: boolean };
  let unpricedAnswers: number;
  let problems: { code: string; message: string }[];
  let changes: { mutation: string; input: { idempotencyKey?: string } }[];
  beforeEach(async () => {
    catalogue = { first: null, hasDemo: false };
    unpricedAnswers = 0;
    problems = [];
    changes = [];
    server = createServer((request, response) => {
      void json(request).then((body) => response.end(JSON.stringify({ data: answer(body as Operation) })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function answer({ query, variables }: Operation) {
    const mutation = /done: (\w+)/.exec(query)?.[1];
    if (mutation !== undefined) {
      changes.push({ mutation, input: variables.input });
      return { done: { problems } };
    }
    if (query.includes('orderPrice')) {
      unpricedAnswers -= 1;
      return { p0: { orderPrice: unpricedAnswers < 0 ? { amount: '8.00' } : null } };
    }
    const edges = catalogue.first === null ? [] : [{ node: { sku: catalogue.first } }];
    return { products: { edges }, demo: catalogue.hasDemo ? { sku: demoProducts[0].sku } : null };
  }
  const load = () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return loadDemo({ url, headers: {}, signal: new AbortController().signal }, 'GBP');
  };

  it('loads facilities, products and stock into an empty system, and waits until orders knows the prices', async () => {
    unpricedAnswers = 3;
    expect(await load()).toBe(demoProducts[0].sku);
    expect(changes.map(({ mutation }) => mutation)).toEqual([
      'upsertFacilities',
      'upsertProducts',
      'receiveStock',
    ]);
    expect(unpricedAnswers).toBe(-1);
  });

  it('leaves a catalogue of somebody else alone', async () => {
    catalogue.first = 'SOMEBODYS';
    expect(await load()).toBe('SOMEBODYS');
    expect(changes).toEqual([]);
  });

  it('finishes a load that was cut short, with the same key, and sets no product back', async () => {
    await load();
    catalogue = { first: demoProducts[0].sku, hasDemo: true };
    await load();
    const keys = changes.flatMap(({ input }) => input.idempotencyKey ?? []);
    expect(changes).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  it('says why when it is refused', async () => {
    problems = [{ code: 'INVALID_INPUT', message: 'no such currency' }];
    await expect(load()).rejects.toThrow('The demo catalogue was refused: INVALID_INPUT no such currency');
  });
});
