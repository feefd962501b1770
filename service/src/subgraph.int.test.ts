import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, get } from 'node:http';
import { createLogger } from './logger.ts';
import { startSubgraph, type Subgraph } from './subgraph.ts';
import { requireOperator, VIEWER_HEADER, ViewerSeal, type Viewer } from './viewer.ts';

describe('a subgraph', () => {
  let subgraph: Subgraph;
  let isReady = false;

  beforeAll(async () => {
    subgraph = await startSubgraph<{ viewer: Viewer | null }>({
      name: 'sample',
      typeDefs:
        'type Query { customer: String, secret: String, broken: String, away(code: String!): String }',
      resolvers: {
        Query: {
          customer: (_: unknown, __: unknown, { viewer }: { viewer: Viewer | null }) => viewer?.customerId,
          secret: (_: unknown, __: unknown, { viewer }: { viewer: Viewer | null }) =>
            requireOperator(viewer).customerId,
          broken: () => {
            throw new Error('password=hunter2 at 10.0.0.1');
          },
          away: (_: unknown, { code }: { code: string }) => {
            throw Object.assign(new Error('password=hunter2 at 10.0.0.1'), { code });
          },
        },
      },
      host: '127.0.0.1',
      port: 0,
      log: createLogger('sample', 'silent'),
      context: (viewer) => ({ viewer }),
      readiness: async () => ({ isReady, body: { nats: 'disconnected' } }),
    });
  });
  afterAll(() => subgraph.stop());

  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(subgraph.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const as = (viewer: Viewer) => ({ [VIEWER_HEADER]: new ViewerSeal([]).write(viewer) });

  it('takes the viewer from the header, and nobody without one', async () => {
    const { body } = await ask('{ customer }', as({ customerId: 'ann', isOperator: false }));
    expect(body).toEqual({ data: { customer: 'ann' } });
    expect((await ask('{ customer }')).body).toEqual({ data: { customer: null } });
  });

  it('refuses a viewer header that cannot be read', async () => {
    const { status, body } = await ask('{ customer }', { [VIEWER_HEADER]: 'nonsense' });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/x-holdfast-viewer cannot be read/);
  });

  it('keeps what is for operators from customers', async () => {
    const { body } = await ask('{ secret }', as({ customerId: 'ann', isOperator: false }));
    expect(body).toMatchObject({ data: { secret: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('answers what is broken inside without a word of why', async () => {
    const { body } = await ask('{ broken }');
    expect(body).toMatchObject({ errors: [{ message: 'Internal error', path: ['broken'] }] });
    expect(JSON.stringify(body)).not.toMatch(/hunter2/);
  });

  it.each([
    ['away', 'ECONNREFUSED'],
    ['restarting', '57P03'],
    ['full', '53100'],
    ['out of connections', '53300'],
    ['contended', '55P03'],
  ])('says when to ask again while its database is %s, and nothing more', async (_name, code) => {
    const { body } = await ask(`{ away(code: "${code}") }`);
    expect(body).toEqual({
      data: { away: null },
      errors: [
        {
          message: 'The service "sample" cannot work just now',
          path: ['away'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'sample', retryAfterMs: 1_000 },
        },
      ],
    });
    expect((await ask('{ away(code: "23514") }')).body).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });

  it('answers what it was asked before a stop, and then stops at once', async () => {
    const asked = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<string>();
    const other = await startSubgraph({
      name: 'other',
      typeDefs: 'type Query { slow: String }',
      resolvers: {
        Query: {
          slow: () => {
            asked.resolve();
            return slow.promise;
          },
        },
      },
      host: '127.0.0.1',
      port: 0,
      log: createLogger('other', 'silent'),
      context: () => ({}),
      readiness: async () => ({ isReady: true, body: {} }),
    });
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<string>((resolve, reject) => {
      get(
        `${other.graphqlUrl}?query={slow}`,
        { agent, headers: { 'apollo-require-preflight': '1' } },
        (response) => {
          response.setEncoding('utf8').on('data', resolve);
        },
      ).on('error', reject);
    });
    await asked.promise;
    const stopped = other.stop();
    slow.resolve('in the end');
    expect(await answer).toContain('in the end');
    await stopped;
    agent.destroy();
  });

  it('is live at once and ready only when its parts are', async () => {
    expect((await fetch(`${subgraph.url}/livez`)).status).toBe(200);
    const unready = await fetch(`${subgraph.url}/readyz`);
    expect([unready.status, await unready.json()]).toMatchObject([
      503,
      { isReady: false, nats: 'disconnected' },
    ]);
    isReady = true;
    expect((await fetch(`${subgraph.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${subgraph.url}/metrics`)).text()).toMatch(/process_cpu_user_seconds_total/);
  });
});
