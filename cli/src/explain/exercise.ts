import { waitUntil } from '@holdfast/servers';
import { randomUUID } from 'node:crypto';
import { filledOrderId } from './fill.ts';

/** The subgraphs' GraphQL endpoints. */
export interface Subgraphs {
  readonly orders: string;
  readonly inventory: string;
}

const operator = { customerId: 'local', isOperator: true };
const customer = { customerId: 'customer-7', isOperator: false };
const decidedWithinMs = 30_000;

/** Asks both subgraphs for everything they offer, so that every statement of theirs is sent at least once. */
export async function exerciseEverything({ orders, inventory }: Subgraphs): Promise<void> {
  const toOrders = (query: string, variables: object = {}, viewer: object = operator) =>
    ask(orders, query, variables, viewer);
  const toInventory = (query: string, variables: object = {}) => ask(inventory, query, variables, operator);

  for (const subgraph of [orders, inventory]) await fetch(new URL('/metrics', subgraph));
  await toInventory(
    `mutation ($run: ID!, $other: ID!) {
      upsertFacilities(input: [{ id: "facility-0", name: "Facility", country: "GB", latitude: 50, longitude: 0 }]) { changed }
      upsertProducts(input: [{ sku: "SKU-1", name: "Product number 1", unitPrice: { amount: "2.50", currencyCode: "GBP" } }]) { changed }
      one: receiveStock(input: { idempotencyKey: $run, lines: [{ sku: "SKU-1", facilityId: "facility-1", quantity: 5 }] }) { levels { onHand } }
      again: receiveStock(input: { idempotencyKey: $run, lines: [{ sku: "SKU-1", facilityId: "facility-1", quantity: 5 }] }) { levels { onHand } }
      adjustStock(input: { idempotencyKey: $other, reason: "count", lines: [{ sku: "SKU-1", facilityId: "facility-1", quantity: -1 }] }) { changed }
    }`,
    { run: randomUUID(), other: randomUUID() },
  );
  await toInventory(
    `mutation ($name: String!) {
    upsertProducts(input: [{ sku: "SKU-2", name: $name, unitPrice: { amount: "2.50", currencyCode: "GBP" } }]) { changed }
  }`,
    { name: `Product ${randomUUID()}` },
  );
  await toInventory(`query {
    product(sku: "SKU-1") { name available availableVersion stock { onHand } }
    first: products(first: 5) { edges { node { sku } } pageInfo { endCursor } }
    facility(id: "facility-1") { nearestAirport { iata } stock(first: 5) { edges { node { onHand } } pageInfo { endCursor } } }
    facilities { id totals { levels } }
    inventoryMessaging { outboxRows parked { edges { cursor } } }
  }`);
  for (const search of ['number 123', 'SK', '--']) {
    await toInventory(
      'query ($search: String) { products(first: 5, search: $search) { edges { node { sku } } } }',
      { search },
    );
  }
  await readFurther(
    toInventory,
    'facility',
    `query ($after: String) { facility(id: "facility-1") { stock(first: 5, after: $after) { pageInfo { endCursor } } } }`,
  );
  for (const filter of [
    '',
    'sku: "SKU-1"',
    'facilityId: "facility-1"',
    `orderId: "${filledOrderId(3)}"`,
    `sku: "SKU-3", facilityId: "facility-3", orderId: "${filledOrderId(3)}"`,
  ]) {
    await readFurther(
      toInventory,
      'stockMovements',
      `query ($after: String) { stockMovements(first: 1, after: $after ${filter === '' ? '' : `, ${filter}`}) { pageInfo { endCursor } } }`,
    );
  }

  for (const filter of ['', 'status: RELEASED', 'sku: "SKU-3"', 'sku: "SKU-1", status: RELEASED']) {
    await readFurther(
      toInventory,
      'reservations',
      `query ($after: String) { reservations(first: 1, after: $after ${filter === '' ? '' : `, ${filter}`}) { edges { node { order { id } } } pageInfo { endCursor } } }`,
    );
  }

  for (const [asked, messaging] of [
    [toOrders, 'ordersMessaging'],
    [toInventory, 'inventoryMessaging'],
  ] as const) {
    for (const state of ['OPEN', 'CLOSED']) {
      await readFurther(
        asked,
        messaging,
        `query ($after: String) { ${messaging} { parked(first: 1, after: $after, state: ${state}) { pageInfo { endCursor } } } }`,
      );
    }
  }

  const placed = await place(toOrders, randomUUID());
  await place(toOrders, placed.key);
  await becomes(toOrders, placed.id, 'RESERVED');
  await toInventory(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Order { reservation { status allocations { quantity } decision { policyVersion } } reservationFacts { version } }
      ... on OrderFact { handling { handledAt } } } }`,
    {
      of: [
        { __typename: 'Order', id: placed.id },
        { __typename: 'OrderFact', id: randomUUID() },
      ],
    },
  );
  await toInventory(
    'mutation ($id: ID!) { confirmOrder(orderId: $id) { problems { code } } extendHold(orderId: $id, minutes: 5) { problems { code } } }',
    { id: placed.id },
  );
  await toOrders('mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { order { status } } }', {
    id: placed.id,
  });
  const hasReleased = await waitUntil(
    async () =>
      JSON.stringify(
        await toInventory(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { reservation { status } } } }`,
          { of: [{ __typename: 'Order', id: placed.id }] },
        ),
      ).includes('RELEASED'),
    { withinMs: decidedWithinMs },
  );
  if (hasReleased === null)
    throw new Error(`the stock of order ${placed.id} was not released within ${decidedWithinMs} ms`);

  await toInventory('mutation { inventoryHoldConsumer(seconds: 60) { problems { code } } }');
  const undecided = await place(toOrders, randomUUID());
  await becomes(toOrders, undecided.id, 'CANCELLED');
  await toInventory('mutation { inventoryHoldConsumer(seconds: 0) { problems { code } } }');

  const order = 'id status version lines { sku } events { type } total { amount }';
  await toOrders(
    `query ($id: ID!, $after: [OrderPosition!]!) {
    order(id: $id) { ${order} facts { version } }
    orderTotals { count }
    orderEventsAfter(positions: $after) { version }
    ordersMessaging { outboxRows parked { edges { cursor } } }
    _entities(representations: [{ __typename: "Product", sku: "SKU-1" }, { __typename: "StockFact", id: "${randomUUID()}" }]) {
      ... on Product { orderPrice { amount } } ... on StockFact { handling { handledAt } }
    }
  }`,
    { id: filledOrderId(1), after: [{ orderId: filledOrderId(2), after: 0 }] },
  );
  for (const [filter, viewer] of [
    ['{}', operator],
    ['{}', customer],
    ['{ statuses: [RESERVED, PENDING] }', operator],
    ['{ customerId: "customer-7" }', operator],
    ['{ reference: "reference-7" }', operator],
    ['{ reference: "reference-7" }', customer],
    ['{ placedFrom: "2000-01-01T00:00:00Z", placedBefore: "2100-01-01T00:00:00Z" }', operator],
    ['{ customerId: "customer-7", statuses: [RESERVED], placedFrom: "2000-01-01T00:00:00Z" }', operator],
    ['{ reference: "reference-7", placedBefore: "2100-01-01T00:00:00Z" }', operator],
  ] as const) {
    const further = (query: string, variables: object) => toOrders(query, variables, viewer);
    await readFurther(
      further,
      'orders',
      `query ($after: String) { orders(first: 1, after: $after, filter: ${filter}) { edges { node { ${order} } } pageInfo { endCursor } } }`,
    );
  }
}

type Ask = (query: string, variables: object) => Promise<unknown>;

/** Reads a first page and the one after it. */
async function readFurther(asked: Ask, what: string, query: string): Promise<void> {
  const first = JSON.stringify(await asked(query, { after: null }));
  const cursor = /"endCursor":"([^"]+)"/.exec(first)?.[1];
  if (cursor === undefined) throw new Error(`${what} gave no page to go on from: ${query}`);
  await asked(query, { after: JSON.parse(`"${cursor}"`) as string });
}

async function place(asked: Ask, key: string): Promise<{ id: string; key: string }> {
  const answer = (await asked(
    `mutation ($key: ID!) { placeOrder(input: { idempotencyKey: $key, destination: { country: "GB" }, lines: [{ sku: "SKU-1", quantity: 1 }] }) { order { id } problems { message } } }`,
    { key },
  )) as { placeOrder: { order: { id: string } | null; problems: { message: string }[] } };
  if (answer.placeOrder.order === null)
    throw new Error(`no order was placed: ${answer.placeOrder.problems[0]?.message}`);
  return { id: answer.placeOrder.order.id, key };
}

async function becomes(asked: Ask, id: string, status: string): Promise<void> {
  const found = await waitUntil(
    async () =>
      JSON.stringify(await asked('query ($id: ID!) { order(id: $id) { status } }', { id })).includes(status),
    { withinMs: decidedWithinMs },
  );
  if (found === null) throw new Error(`order ${id} is not ${status} within ${decidedWithinMs} ms`);
}

async function ask(url: string, query: string, variables: object, viewer: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-holdfast-viewer': Buffer.from(JSON.stringify(viewer)).toString('base64url'),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: readonly { message: string }[];
  };
  if (errors !== undefined)
    throw new Error(`${url}: ${errors.map(({ message }) => message).join('; ')} (${query})`);
  return data;
}
