import { bearer, type Outcome } from './caller.ts';
import type { Attempt, Stage } from './attempts.ts';

const TOO_MUCH: Outcome = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };
const FOREIGN_PAGE = { origin: 'https://elsewhere.example' };
const AVAILABILITY = 'subscription { availabilityChanged(skus: ["MUG-BLUE"]) { sku } }';
const PRODUCT_PAGE = '{ products(first: 200) { edges { node { sku orderPrice { amount } } } } }';

const ask =
  (query: string) =>
  async ({ caller, forge }: Stage): Promise<Outcome> =>
    caller.ask(query, {}, bearer(await forge.sign()));

const send =
  (
    headers: Record<string, string>,
    body = '{"query":"{ __typename }"}',
    method = 'POST',
    path = '/graphql',
  ) =>
  async ({ caller, forge, system }: Stage): Promise<Outcome> => {
    const { headers: answered, ...outcome } = await caller.send(
      method,
      { 'content-type': 'application/json', ...bearer(await forge.sign()), ...headers },
      body,
      system.ports.gateway,
      path,
    );
    return { ...outcome, ...(method === 'OPTIONS' ? { data: answered['access-control-allow-origin'] } : {}) };
  };

/** A page of products again and again, until the viewer has asked for too much. */
async function askTooOften({ caller, forge }: Stage): Promise<Outcome> {
  const headers = bearer(await forge.sign({ sub: 'greedy' }));
  let outcome: Outcome = {};
  for (let asked = 0; asked < 100 && outcome.code !== 'RATE_LIMITED'; asked += 1) {
    outcome = await caller.ask(PRODUCT_PAGE, {}, headers);
  }
  return outcome;
}

const nested = (depth: number): string =>
  `{ order(id: "x") ${'{ lines { product '.repeat(depth)}{ sku }${' } }'.repeat(depth)} }`;

/** What a request may not be like, whoever sends it. */
export const requests: readonly Attempt[] = [
  {
    name: 'a body of 2 MiB',
    make: send({}, JSON.stringify({ query: `{ __typename } # ${'x'.repeat(2 * 1024 * 1024)}` })),
    answer: { status: 413, code: 'BAD_REQUEST' },
  },
  { name: 'a query of 40 levels', make: ask(nested(20)), answer: TOO_MUCH },
  {
    name: 'a query of 1,000 aliases',
    make: ask(`{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: __typename`).join(' ')} }`),
    answer: TOO_MUCH,
  },
  {
    name: 'a query of 11,000 words',
    make: ask(`{ ${'__typename '.repeat(11_000)} }`),
    answer: { status: 400, code: 'GRAPHQL_PARSE_FAILED' },
  },
  {
    name: 'a short query for millions of objects',
    make: ask(
      '{ products(first: 200) { edges { node { stock { facility { stock(first: 200) { edges { node { onHand } } } } } } } } }',
    ),
    answer: TOO_MUCH,
  },
  {
    name: 'a batch of queries',
    make: send({}, '[{"query":"{ __typename }"},{"query":"{ __typename }"}]'),
    answer: { status: 400, code: 'BAD_REQUEST' },
  },
  {
    name: 'more than a viewer may ask for',
    make: askTooOften,
    answer: { status: 429, code: 'RATE_LIMITED' },
  },
  { name: 'what the schema is', make: ask('{ __schema { types { name } } }'), answer: TOO_MUCH },
  {
    name: 'GraphiQL',
    make: send({}, '', 'GET', '/graphiql'),
    answer: { status: 404, data: 'Not found\n' },
  },
  {
    name: 'a WebSocket from a page of another site',
    make: async ({ caller, forge }) =>
      caller.subscribe(AVAILABILITY, {}, { params: bearer(await forge.sign()), headers: FOREIGN_PAGE }),
    answer: { status: 403 },
  },
  {
    name: 'a request from a page of another site',
    make: send(FOREIGN_PAGE),
    answer: { status: 403, code: 'FORBIDDEN' },
  },
  {
    name: "a browser's question whether another site may ask",
    make: send({ ...FOREIGN_PAGE, 'access-control-request-method': 'POST' }, '', 'OPTIONS'),
    answer: { data: undefined },
  },
  {
    name: 'a form, which any site can have sent',
    make: send({ 'content-type': 'text/plain' }),
    answer: { status: 400, code: 'BAD_REQUEST' },
  },
];
