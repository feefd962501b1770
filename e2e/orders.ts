import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { System } from './system.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: string[] | null;
}
export interface PlaceOrderPayload {
  readonly order: { readonly id: string; readonly status: string; readonly version: number } | null;
  readonly problems: readonly Problem[];
}

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status version } problems { code message path } }
}`;

/** The input of a good order of one unit; the parts named replace its own. */
export const anOrder = (sku: string, parts: object = {}): object => ({
  idempotencyKey: randomUUID(),
  destination: { country: 'GB' },
  lines: [{ sku, quantity: 1 }],
  ...parts,
});

export async function placeOrder(
  system: System,
  input: object,
  headers: Record<string, string> = {},
): Promise<PlaceOrderPayload> {
  const { data, errors } = await system.ask<{ placeOrder: PlaceOrderPayload }>(PLACE, { input }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.placeOrder;
}

/** The SKU of a product of the demo catalogue that has units. */
export async function aSku(system: System, headers: Record<string, string> = {}): Promise<string> {
  const { data } = await system.ask<{ products: { edges: { node: { sku: string; available: number } }[] } }>(
    '{ products(first: 50) { edges { node { sku available } } } }',
    {},
    headers,
  );
  return data.products.edges.find(({ node }) => node.available > 10)!.node.sku;
}

export interface Change {
  readonly version: number;
  readonly from: string | null;
  readonly to: string;
  readonly order: {
    status: string;
    lines: { product: { name: string } | null }[];
    reservation: { status: string } | null;
  } | null;
}

const WATCH = `subscription ($orderId: ID!, $after: Int) {
  orderStatusChanged(orderId: $orderId, after: $after) {
    version from to order { status lines { product { name } } reservation { status } }
  }
}`;

/** The changes of one order after a version, until `count` have come; rejects when they have not by the deadline. */
export async function watch(
  system: System,
  orderId: string,
  after: number | null,
  count: number,
  deadlineMs = 20_000,
): Promise<Change[]> {
  const client = createClient({ url: system.webSocketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
  const changes: Change[] = [];
  const timer = setTimeout(() => client.terminate(), deadlineMs);
  try {
    for await (const { data, errors } of client.iterate<{ orderStatusChanged: Change }>({
      query: WATCH,
      variables: { orderId, after },
    })) {
      if (errors) throw new Error(JSON.stringify(errors));
      changes.push(data!.orderStatusChanged);
      if (changes.length >= count) break;
    }
    return changes;
  } finally {
    clearTimeout(timer);
    await client.dispose();
  }
}
