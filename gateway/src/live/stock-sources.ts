import { requireOperator, type Viewer } from '@holdfast/service';
import type { SubgraphClient } from '../subgraph-client.ts';
import { limits, overLimit } from '../limits.ts';
import type { BoundedQueue } from './bounded-queue.ts';
import { readAvailability, readLevels } from './inventory-questions.ts';
import { liveSource, type LiveEvent, type LiveSource } from './live-source.ts';
import { availabilityEvent, stockChangeEvent } from './stock-change.ts';
import type { StockHub, StockWish } from './stock-hub.ts';

/**
 * The levels of a SKU as they are, and then each level's latest state; without a SKU, changes from now on.
 * @throws GraphQLError FORBIDDEN unless the viewer is an operator.
 */
export function stockChanges(
  inventory: SubgraphClient,
  hub: StockHub,
  viewer: Viewer,
  wish: StockWish,
): LiveSource {
  requireOperator(viewer);
  const listener = hub.listenToLevels(wish);
  async function* changes(): AsyncGenerator<LiveEvent> {
    if (wish.sku !== null) for (const level of await readLevels(inventory, [wish.sku])) listener.hear(level);
    yield* eventsOf(listener.queue, stockChangeEvent);
  }
  return liveSource(changes, () => hub.leaveLevels(listener));
}

/** Each product as it is, and then its latest state. @throws GraphQLError BAD_USER_INPUT for more than 100 SKUs. */
export function availabilityChanges(
  inventory: SubgraphClient,
  hub: StockHub,
  skus: readonly string[],
): LiveSource {
  if (skus.length > limits.skusPerSubscription) {
    throw overLimit('skusPerSubscription', `skus has ${skus.length} SKUs`, 'BAD_USER_INPUT');
  }
  const listener = hub.listenToProducts(new Set(skus));
  async function* changes(): AsyncGenerator<LiveEvent> {
    for (const product of await readAvailability(inventory, [...listener.skus])) listener.hear(product);
    yield* eventsOf(listener.queue, availabilityEvent);
  }
  return liveSource(changes, () => hub.leaveProducts(listener));
}

async function* eventsOf<Item>(
  queue: BoundedQueue<Item>,
  eventOf: (item: Item) => LiveEvent,
): AsyncGenerator<LiveEvent> {
  for (let item = await queue.next(); item !== null; item = await queue.next()) yield eventOf(item);
}
