import type { OrderStatus } from '@holdfast/messaging/contracts';
import type { Viewer } from '@holdfast/service';
import { gatewayItself } from '../access/viewer.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import type { OrderChange } from './order-change.ts';
import type { OrderPosition } from './order-hub.ts';

interface OrderEventRow {
  readonly orderId: string;
  readonly id: string;
  readonly version: number;
  readonly from: OrderStatus | null;
  readonly status: OrderStatus;
  readonly occurredAt: string;
}

const eventFields = 'orderId id version from status occurredAt';
const AFTER_ORDER = `query($id: ID!, $after: Int!) { order(id: $id) { version events(after: $after) { ${eventFields} } } }`;
const AFTER_POSITIONS = `query($positions: [OrderPosition!]!) { orderEventsAfter(positions: $positions) { ${eventFields} } }`;

/** Orders that one request may ask about. */
export const POSITIONS_PER_REQUEST = 1_000;

/** An order's version and its changes after `after`, oldest first; null when there is none that `viewer` may see. */
export async function readOrder(
  orders: SubgraphClient,
  viewer: Viewer,
  orderId: string,
  after: number,
): Promise<{ version: number; changes: OrderChange[] } | null> {
  const variables = { id: orderId, after };
  const { order } = await orders.data<{ order: { version: number; events: OrderEventRow[] } | null }>(
    viewer,
    {
      query: AFTER_ORDER,
      variables,
    },
  );
  return order && { version: order.version, changes: order.events.map(changeOf) };
}

/** What each of at most 1,000 orders did after its position, in the journal's words. */
export async function readJournal(
  orders: SubgraphClient,
  positions: readonly OrderPosition[],
): Promise<OrderChange[]> {
  const { orderEventsAfter } = await orders.data<{ orderEventsAfter: OrderEventRow[] }>(gatewayItself, {
    query: AFTER_POSITIONS,
    variables: { positions },
  });
  return orderEventsAfter.map(changeOf);
}

const changeOf = ({ orderId, id, version, from, status, occurredAt }: OrderEventRow): OrderChange => ({
  orderId,
  eventId: id,
  version,
  from,
  to: status,
  occurredAt,
});
