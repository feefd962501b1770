import { ViewerSeal } from '@holdfast/service';
import { randomUUID } from 'node:crypto';
import { anOrder } from '../orders.ts';
import type { System } from '../system.ts';
import { bearer, type Caller, type Outcome } from './caller.ts';
import { inSeconds, type Claims, type TokenForge } from './tokens.ts';

/** What every attempt may use. */
export interface Stage {
  readonly system: System;
  readonly caller: Caller;
  readonly forge: TokenForge;
  readonly sku: string;
  /** An order of the customer bob. */
  readonly bobsOrder: string;
}

/** Something that has to be refused: the attempt, and the answer that it gets. */
export interface Attempt {
  readonly name: string;
  readonly make: (stage: Stage) => Promise<Outcome>;
  readonly answer: Outcome;
}

const VIEWER = '{ viewer { customerId isOperator } }';
const ORDER = 'query ($id: ID!) { order(id: $id) { id } }';
const WATCH = 'subscription ($id: ID!) { orderStatusChanged(orderId: $id, after: 0) { version } }';
const CANCEL =
  'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { order { id } problems { code } } }';
const PLACE =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } problems { code } } }';
const ENTITY =
  'query ($id: ID!) { _entities(representations: [{ __typename: "Order", id: $id }]) { ... on Order { id customerId } } }';

const UNAUTHENTICATED: Outcome = { status: 401, code: 'UNAUTHENTICATED' };

const withHeaders =
  (query: string, headers: (stage: Stage) => Record<string, string> | Promise<Record<string, string>>) =>
  async (stage: Stage): Promise<Outcome> =>
    stage.caller.ask(query, { id: stage.bobsOrder }, await headers(stage));

const withToken = (token: (forge: TokenForge) => string | Promise<string>) =>
  withHeaders(VIEWER, async ({ forge }) => ({ ...bearer(await token(forge)) }));

const withClaims = (claims: Claims) => withToken((forge) => forge.sign(claims));

const asAda = (query: string) => withHeaders(query, async ({ forge }) => ({ ...bearer(await forge.sign()) }));

const watchAsAda =
  (query: string) =>
  async ({ caller, forge, bobsOrder }: Stage): Promise<Outcome> =>
    caller.subscribe(query, { id: bobsOrder }, { params: bearer(await forge.sign()) });

const tokens: readonly Attempt[] = [
  { name: 'no token', make: withHeaders(VIEWER, () => ({})), answer: UNAUTHENTICATED },
  {
    name: 'a password instead of a token',
    make: withHeaders(VIEWER, () => ({ authorization: 'Basic YWRhOmFkYQ==' })),
    answer: UNAUTHENTICATED,
  },
  { name: 'a token that is none', make: withToken(() => 'nonsense'), answer: UNAUTHENTICATED },
  { name: 'an expired token', make: withClaims({ exp: inSeconds(-60) }), answer: UNAUTHENTICATED },
  { name: 'a token without an end', make: withClaims({ exp: undefined! }), answer: UNAUTHENTICATED },
  { name: 'a token of tomorrow', make: withClaims({ nbf: inSeconds(86_400) }), answer: UNAUTHENTICATED },
  { name: 'a token for another audience', make: withClaims({ aud: 'elsewhere' }), answer: UNAUTHENTICATED },
  { name: 'a token of another issuer', make: withClaims({ iss: 'elsewhere' }), answer: UNAUTHENTICATED },
  { name: 'a token for nobody', make: withClaims({ sub: '' }), answer: UNAUTHENTICATED },
  {
    name: 'a token without a role here',
    make: withClaims({ roles: ['auditor'] }),
    answer: { status: 403, code: 'FORBIDDEN' },
  },
  { name: 'alg: none', make: withToken((forge) => forge.unsigned()), answer: UNAUTHENTICATED },
  {
    name: 'HS256 with the public key as its secret',
    make: withToken((forge) => forge.signedWithPublicKeyAsSecret()),
    answer: UNAUTHENTICATED,
  },
  {
    name: 'a foreign key under a known name',
    make: withToken((forge) => forge.signWithForeignKey()),
    answer: UNAUTHENTICATED,
  },
  {
    name: 'a token changed after signing',
    make: withToken((forge) => forge.tampered()),
    answer: UNAUTHENTICATED,
  },
  {
    name: 'a token of 10,000 characters',
    make: withClaims({ note: 'x'.repeat(10_000) }),
    answer: UNAUTHENTICATED,
  },
  {
    name: 'the header of a system without authentication',
    make: withHeaders(VIEWER, () => ({ 'x-holdfast-customer': 'bob' })),
    answer: UNAUTHENTICATED,
  },
  {
    name: 'a customer who names another in headers',
    make: withHeaders(VIEWER, async ({ forge }) => ({
      ...bearer(await forge.sign()),
      'x-holdfast-customer': 'bob',
      'x-holdfast-viewer': new ViewerSeal([]).write({ customerId: 'bob', isOperator: true }),
    })),
    answer: { status: 200, data: { viewer: { customerId: 'ada', isOperator: false } } },
  },
  {
    name: 'a WebSocket without a token',
    make: ({ caller, bobsOrder }) => caller.subscribe(WATCH, { id: bobsOrder }, {}),
    answer: { code: 4403 },
  },
  {
    name: 'a WebSocket with an expired token',
    make: async ({ caller, forge, bobsOrder }) =>
      caller.subscribe(
        WATCH,
        { id: bobsOrder },
        { params: bearer(await forge.sign({ exp: inSeconds(-60) })) },
      ),
    answer: { code: 4403 },
  },
  {
    name: 'an event stream without a token',
    make: ({ caller, bobsOrder }) => caller.listen(WATCH, { id: bobsOrder }, {}),
    answer: { status: 401 },
  },
  {
    name: 'a token that ends while its socket listens',
    make: async ({ caller, forge, bobsOrder }) =>
      caller.untilClosed(
        WATCH,
        { id: bobsOrder },
        bearer(await forge.sign({ sub: 'bob', exp: inSeconds(3) })),
      ),
    answer: { code: 4403, data: [{ orderStatusChanged: { version: 1 } }, 'The token has ended'] },
  },
  {
    name: 'a token that ends while its event stream listens',
    make: async ({ caller, forge, bobsOrder }) =>
      caller.listen(WATCH, { id: bobsOrder }, bearer(await forge.sign({ sub: 'bob', exp: inSeconds(3) }))),
    answer: { status: 200, code: 'UNAUTHENTICATED' },
  },
];

const foreign: readonly Attempt[] = [
  { name: 'a foreign order by query', make: asAda(ORDER), answer: { status: 200, data: { order: null } } },
  {
    name: 'a foreign order by subscription',
    make: watchAsAda(WATCH),
    answer: { code: 'ORDER_NOT_FOUND' },
  },
  {
    name: 'a foreign order by event stream',
    make: async ({ caller, forge, bobsOrder }) =>
      caller.listen(WATCH, { id: bobsOrder }, bearer(await forge.sign())),
    answer: { status: 200, code: 'ORDER_NOT_FOUND' },
  },
  {
    name: 'a foreign order by _entities',
    make: asAda(ENTITY),
    answer: { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  },
  {
    name: 'a foreign order by node in a list',
    make: asAda('{ orders(first: 100) { edges { node { id } } } }'),
    answer: { status: 200, data: { orders: { edges: [] } } },
  },
  {
    name: "the ledger's lines of a foreign order",
    make: asAda('query ($id: ID!) { stockMovements(orderId: $id) { edges { node { sku } } } }'),
    answer: { status: 200, data: { stockMovements: { edges: [] } } },
  },
  {
    name: 'cancelling a foreign order',
    make: asAda(CANCEL),
    answer: { status: 200, code: 'ORDER_NOT_FOUND' },
  },
  {
    name: 'confirming a foreign hold',
    make: asAda('mutation ($id: ID!) { confirmOrder(orderId: $id) { problems { code } } }'),
    answer: { status: 200, code: 'ORDER_NOT_FOUND' },
  },
  {
    name: 'placing an order for somebody else',
    make: async ({ caller, forge, sku }) =>
      caller.ask(PLACE, { input: anOrder(sku, { customerId: 'bob' }) }, bearer(await forge.sign())),
    answer: { status: 200, code: 'INVALID_INPUT' },
  },
];

const operatorOnly: readonly Attempt[] = [
  '{ orderTotals { count } }',
  '{ ordersMessaging { outboxRows } }',
  '{ inventoryMessaging { outboxRows } }',
  '{ reservations(first: 1) { edges { node { status } } } }',
  '{ products(first: 1) { edges { node { stock { onHand } } } } }',
  '{ facilities { totals { onHand } } }',
  '{ facilities { stock(first: 1) { edges { node { onHand } } } } }',
  'mutation { upsertProducts(input: []) { problems { code } } }',
  'mutation { upsertFacilities(input: []) { problems { code } } }',
  `mutation { receiveStock(input: { idempotencyKey: "${randomUUID()}", lines: [] }) { problems { code } } }`,
  `mutation { adjustStock(input: { idempotencyKey: "${randomUUID()}", reason: "x", lines: [] }) { problems { code } } }`,
  'mutation { ordersRedriveParked(ids: []) { changed } }',
  'mutation { ordersDiscardParked(ids: [], reason: "x") { changed } }',
  'mutation { inventoryRedriveParked(ids: []) { changed } }',
  'mutation { inventoryDiscardParked(ids: [], reason: "x") { changed } }',
  'mutation { inventoryHoldConsumer(seconds: 1) { problems { code } } }',
].map((query) => ({
  name: `as a customer: ${query.slice(0, 60)}`,
  make: asAda(query),
  answer: { status: 200, code: 'FORBIDDEN' },
}));

const operatorStreams: readonly Attempt[] = [
  'subscription { orderChanges { version } }',
  'subscription { stockChanged { version } }',
].map((query) => ({
  name: `as a customer: ${query}`,
  make: watchAsAda(query),
  answer: { code: 'FORBIDDEN' },
}));

const directly = (headers: () => Record<string, string>, query = ENTITY) => ({
  orders: ({ caller, system, bobsOrder }: Stage) =>
    caller.ask(query, { id: bobsOrder }, headers(), system.ports.orders),
  inventory: ({ caller, system, bobsOrder }: Stage) =>
    caller.ask(query, { id: bobsOrder }, headers(), system.ports.inventory),
});
const operator = { customerId: 'local', isOperator: true };
const sealedBy = (key: string, at?: number) => ({
  'x-holdfast-viewer': new ViewerSeal([key]).write(operator, at),
});
const calls = {
  'without a word on who asks': directly(() => ({})),
  'with a viewer that nobody signed': directly(() => ({
    'x-holdfast-viewer': new ViewerSeal([]).write(operator),
  })),
  'with a viewer signed by another key': directly(() => sealedBy('x'.repeat(43))),
  'to ask what the schema is': directly(() => ({}), '{ __schema { queryType { name } } }'),
};
const subgraphs: readonly Attempt[] = Object.entries(calls).flatMap(([how, services]) =>
  Object.entries(services).map(([service, make]) => ({
    name: `a direct call to ${service} ${how}`,
    make,
    answer: UNAUTHENTICATED,
  })),
);

export const attempts: readonly Attempt[] = [
  ...tokens,
  ...foreign,
  ...operatorOnly,
  ...operatorStreams,
  ...subgraphs,
];
