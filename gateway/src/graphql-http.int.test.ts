import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { aGateway, type TestGateway } from './testing/a-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await aGateway({ subgraphDeadlineMs: 1_000 });
});
afterAll(() => test.stop());

const ORDER = 'query($id: ID!) { order(id: $id) { status reservation { status } } }';

/** Fields `depth` levels below each other. */
function nested(depth: number): string {
  const inner = Array.from({ length: depth - 2 }, (_, level) => `{ ${level % 2 ? 'product' : 'stock'} `);
  return `{ product(sku: "A") ${inner.join('')}{ __typename }${' }'.repeat(depth - 1)}`;
}

describe('queries and mutations over HTTP', () => {
  it('pass the audit of graphql-http without an error', async () => {
    const results = await auditServer({ url: `${test.gateway.url}/graphql` });
    expect(results.length).toBeGreaterThan(50);
    expect(results.flatMap((result) => (result.status === 'error' ? [result.name] : []))).toEqual([]);
  });

  it('join what both subgraphs know, each told who asks', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING', 'anna');
    const ask = (headers: Record<string, string>) => test.post(ORDER, { id }, headers);
    const seen = { data: { order: { status: 'PENDING', reservation: { status: 'HELD' } } } };
    expect(await ask({})).toEqual({ status: 200, body: seen });
    expect(await ask({ 'x-holdfast-customer': 'anna' })).toEqual({ status: 200, body: seen });
    expect(await ask({ 'x-holdfast-customer': 'bert' })).toEqual({
      status: 200,
      body: { data: { order: null } },
    });
    expect(await ask({ 'x-holdfast-customer': '' })).toMatchObject({ status: 400 });
    const viewer = await test.post('{ viewer { customerId isOperator } }');
    expect(viewer.body).toEqual({ data: { viewer: { customerId: 'local', isOperator: true } } });
  });

  it('answer what one subgraph knows while the other is down, and name the one that is missing', async () => {
    const id = randomUUID();
    test.orders.commit(id, 'PENDING');
    await test.inventory.stop();
    try {
      const { body } = await test.post(ORDER, { id });
      expect(body).toEqual({
        data: { order: { status: 'PENDING', reservation: null } },
        errors: [
          {
            message: 'The service "inventory" does not answer',
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'inventory' },
          },
        ],
      });
    } finally {
      await test.inventory.start();
    }
    expect((await test.post(ORDER, { id })).body).not.toHaveProperty('errors');
  });

  it('tell nothing of what is broken inside but that it is', async () => {
    const { body } = await test.post('{ facility(id: "boom") { id } facilities { id } }');
    const text = JSON.stringify(body);
    expect(body).toMatchObject({
      errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(text).not.toContain('127.0.0.1');
    expect(text).not.toContain('secret');
    expect(text).not.toContain('stack');
  });

  it('are not sent by another site, nor in a form that a site could send unasked', async () => {
    const url = `${test.gateway.url}/graphql`;
    const body = JSON.stringify({ query: '{ __typename }' });
    const send = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(url, { method: 'POST', headers, body })).status;
    expect(await send({ 'content-type': 'application/json' })).toBe(200);
    expect(await send({ 'content-type': 'text/plain' })).toBe(400);
    const simple = await fetch(`${url}?query={__typename}`);
    expect([simple.status, await simple.text()]).toEqual([400, expect.stringContaining('CSRF')]);
    expect(await send({ 'content-type': 'application/json', origin: 'https://elsewhere.example' })).toBe(403);
    expect(await statusWithHost('elsewhere.example')).toBe(403);
    expect(await statusWithHost('localhost:4000')).toBe(200);
  });

  it('refuse what is over a limit, and each answer names it', async () => {
    const aliases = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')} }`;
    const messageFor = async (query: string): Promise<unknown> => {
      const { status, body } = await test.post(query);
      const [error] = (body as { errors?: { message: string; extensions: object }[] }).errors ?? [];
      return error ? { status, message: error.message, ...error.extensions } : { status };
    };
    const code = 'GRAPHQL_VALIDATION_FAILED';
    expect(await messageFor(nested(8))).toEqual({ status: 200 });
    // Fifteen levels are allowed, and what is asked in them here is too much.
    expect(await messageFor(nested(15))).toEqual({
      status: 400,
      message: 'The operation costs 12222221 points; at most 50000 are allowed',
      code,
      limit: 'cost',
      allowed: 50_000,
    });
    expect(await messageFor(nested(50))).toEqual({
      status: 400,
      message: 'The query is 50 levels deep; at most 15 are allowed',
      code,
      limit: 'depth',
      allowed: 15,
    });
    expect(await messageFor(aliases(100))).toEqual({ status: 200 });
    expect(await messageFor(aliases(1_000))).toMatchObject({
      status: 400,
      code,
      limit: 'aliases',
      allowed: 100,
    });
    expect(await messageFor(`{ ${'__typename '.repeat(10_001)} }`)).toMatchObject({
      status: 400,
      message: expect.stringContaining('10000 tokens'),
    });
    expect(await messageFor(`{ __typename } # ${'x'.repeat(2 * 1024 * 1024)}`)).toMatchObject({
      status: 413,
      limit: 'messageBytes',
      allowed: 1_048_576,
    });
  });

  it('let an introspection through that is deeper than the limit', async () => {
    const deep = `{ __schema { types { ofType { ${'ofType { '.repeat(20)} name ${'} '.repeat(20)} } } } }`;
    expect((await test.post(deep)).body).not.toHaveProperty('errors');
  });

  it('answer a broken body and a subscription with what is wrong', async () => {
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${test.gateway.url}/graphql`, { method: 'POST', headers, body: '{"query":' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    const subscription = await test.post('subscription { orderChanges { version } }');
    expect(subscription).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
  });
});

describe('the other pages', () => {
  it('are GraphiQL without a request to another host', async () => {
    const html = await (await fetch(`${test.gateway.url}/graphiql`)).text();
    expect(html).toContain('YogaGraphiQL.renderYogaGraphiQL');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });

  it('say that the gateway lives and is ready, and what it measures', async () => {
    const livez = await fetch(`${test.gateway.url}/livez`);
    const readyz = await fetch(`${test.gateway.url}/readyz`);
    expect([livez.status, readyz.status]).toEqual([200, 200]);
    expect(await readyz.json()).toMatchObject({ subgraphsAnswered: { orders: true, inventory: true } });
    expect(await test.metric('process_cpu_seconds_total')).toBeGreaterThan(0);
  });
});

/** fetch does not let a caller choose the Host. */
const statusWithHost = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json' };
    const sent = request(`${test.gateway.url}/graphql?query={__typename}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
