import type { OrderStatus } from '@holdfast/messaging/contracts';
import { requireOperator, type Viewer } from '@holdfast/service';
import { GraphQLError } from 'graphql';
import type { SubgraphClient } from '../subgraph-client.ts';
import { liveSource, type LiveEvent, type LiveSource } from './live-source.ts';
import { isFinal, orderChangeEvent, type OrderChange } from './order-change.ts';
import type { OrderHub, OrderListener } from './order-hub.ts';
import { readOrder } from './orders-questions.ts';

/**
 * Every change of one order after version `after`, once each and in order, until the final one; without `after`, from the
 * latest change on. Listens first and then reads, so that nothing falls between the two. The first pull rejects with
 * ORDER_NOT_FOUND when there is no such order for the viewer, and with BAD_USER_INPUT when `after` is no version it had.
 */
export function orderStatusChanges(
  orders: SubgraphClient,
  hub: OrderHub,
  viewer: Viewer,
  wish: { orderId: string; after: number | null },
): LiveSource {
  // Orders reads an id in either case; the facts that are to come name it in lower case.
  const orderId = wish.orderId.toLowerCase();
  const listener = hub.listen(orderId);

  async function* changes(): AsyncGenerator<LiveEvent> {
    const missed = await readMissed(orders, viewer, { ...wish, orderId });
    const last = missed.last;
    hub.start(orderId, listener, last);
    for (const change of missed.changes) {
      yield orderChangeEvent(change);
      if (isFinal(change.to)) return;
    }
    if (missed.isOver) return;
    yield* queued(listener);
  }
  return liveSource(changes, () => hub.leave(orderId, listener));
}

/** Changes of all orders from now on, at least once each and in no promised order. @throws GraphQLError FORBIDDEN unless the viewer is an operator. */
export function allOrderChanges(
  hub: OrderHub,
  viewer: Viewer,
  statuses: readonly OrderStatus[] | null,
): LiveSource {
  requireOperator(viewer);
  const queue = hub.listenToAll(statuses && new Set(statuses));

  async function* changes(): AsyncGenerator<LiveEvent> {
    for (let change = await queue.next(); change; change = await queue.next()) {
      const { value, bare } = orderChangeEvent(change);
      yield { value, bare };
    }
  }
  return liveSource(changes, () => hub.leaveAll(queue));
}

async function* queued({ queue }: OrderListener): AsyncGenerator<LiveEvent> {
  for (let change = await queue.next(); change; change = await queue.next()) yield orderChangeEvent(change);
}

/** What the subscriber has missed, the version it has then, and whether nothing can come after that. */
async function readMissed(
  orders: SubgraphClient,
  viewer: Viewer,
  { orderId, after }: { orderId: string; after: number | null },
): Promise<{ changes: readonly OrderChange[]; last: number; isOver: boolean }> {
  if (after !== null && after < 0) throw badAfter(orderId, `after is ${after}; it has to be 0 or more`);
  const order = await readOrder(orders, viewer, orderId, 0);
  if (order === null) throw orderNotFound(orderId);
  const { version } = order;
  if (after !== null && after > version) {
    throw badAfter(orderId, `after is ${after}, but the order has only seen ${version} changes`);
  }
  const latest = order.changes.at(-1);
  return {
    changes: order.changes.filter((change) => change.version > (after ?? version - 1)),
    last: latest?.version ?? version,
    isOver: latest !== undefined && isFinal(latest.to),
  };
}

const orderNotFound = (orderId: string): GraphQLError =>
  new GraphQLError('There is no such order', { extensions: { code: 'ORDER_NOT_FOUND', orderId } });

const badAfter = (orderId: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', orderId } });
