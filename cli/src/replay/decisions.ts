import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from './gateway-client.ts';

/** What became of the replay's orders. */
export interface Decisions {
  readonly byStatus: ReadonlyMap<string, number>;
  /** Country code → status → orders. */
  readonly byCountry: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Orders tied at more than one facility. */
  readonly splitOrders: number;
  /** From placed to decided, of the orders that this run placed, ascending. */
  readonly decidedAfterMs: readonly number[];
  /** Orders that the gateway did not list. */
  readonly missing: number;
}

const pollMs = 250;

interface Page<Node> {
  readonly orders: {
    readonly edges: readonly { readonly node: Node }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const totalsQuery = `query Totals { orderTotals { status count } }`;
const pendingQuery = `query Pending($after: String) {
  orders(first: 200, after: $after, filter: { statuses: [PENDING] }) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}`;
const outcomeQuery = `query Outcomes($after: String) {
  orders(first: 100, after: $after) {
    edges { node {
      id status placedAt destination { country } events { status occurredAt }
      reservation { allocations { facility { id } } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/**
 * Waits until none of the given orders is PENDING, and resolves with how many still are when nothing was decided for
 * `waitMs`.
 */
export async function awaitDecisions(
  gateway: GatewayClient,
  isOurs: (orderId: string) => boolean,
  waitMs: number,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let changedAtMs = performance.now();
  for (;;) {
    const { orderTotals } = await gateway.request<{ orderTotals: { status: string; count: number }[] }>(
      totalsQuery,
      {},
    );
    const pending = orderTotals.find(({ status }) => status === 'PENDING')?.count ?? 0;
    if (pending === 0) return 0;
    if (pending < least) [least, changedAtMs] = [pending, performance.now()];
    else {
      const ours = await pendingOf(gateway, isOurs);
      if (ours === 0 || performance.now() - changedAtMs > waitMs) return ours;
    }
    await sleep(pollMs);
  }
}

async function pendingOf(gateway: GatewayClient, isOurs: (orderId: string) => boolean): Promise<number> {
  let ours = 0;
  for await (const { id } of nodesOf<{ id: string }>(gateway, pendingQuery)) if (isOurs(id)) ours += 1;
  return ours;
}

async function* nodesOf<Node>(gateway: GatewayClient, query: string): AsyncGenerator<Node> {
  for (let after: string | null = null; ;) {
    const { edges, pageInfo }: Page<Node>['orders'] = (await gateway.request<Page<Node>>(query, { after }))
      .orders;
    for (const { node } of edges) yield node;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

interface OrderNode {
  readonly id: string;
  readonly status: string;
  readonly placedAt: string;
  readonly destination: { readonly country: string };
  readonly events: readonly { readonly status: string; readonly occurredAt: string }[];
  readonly reservation: {
    readonly allocations: readonly { readonly facility: { readonly id: string } }[];
  } | null;
}

/** Reads the given orders (id → placed by this run) in pages, newest first, until all were met. */
export async function readDecisions(
  gateway: GatewayClient,
  orders: ReadonlyMap<string, boolean>,
): Promise<Decisions> {
  const byStatus = new Map<string, number>();
  const byCountry = new Map<string, Map<string, number>>();
  const decidedAfterMs: number[] = [];
  let splitOrders = 0;
  let missing = orders.size;
  if (missing > 0) {
    for await (const order of nodesOf<OrderNode>(gateway, outcomeQuery)) {
      const isNew = orders.get(order.id);
      if (isNew === undefined) continue;
      missing -= 1;
      count(byStatus, order.status);
      const { country } = order.destination;
      if (!byCountry.has(country)) byCountry.set(country, new Map());
      count(byCountry.get(country)!, order.status);
      const facilityIds = new Set(order.reservation?.allocations.map(({ facility }) => facility.id));
      if (facilityIds.size > 1) splitOrders += 1;
      const decided = order.events.find(({ status }) => status === 'RESERVED' || status === 'REJECTED');
      if (isNew && decided !== undefined)
        decidedAfterMs.push(Date.parse(decided.occurredAt) - Date.parse(order.placedAt));
      if (missing === 0) break;
    }
  }
  decidedAfterMs.sort((a, b) => a - b);
  return { byStatus, byCountry, splitOrders, decidedAfterMs, missing };
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
