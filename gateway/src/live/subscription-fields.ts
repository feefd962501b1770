import type { OrderStatus } from '@holdfast/messaging/contracts';
import type { Viewer } from '@holdfast/service';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphClient } from '../subgraph-client.ts';
import type { ViewerContext } from '../access/viewer.ts';
import type { OrderHub } from './order-hub.ts';
import { allOrderChanges, orderStatusChanges } from './order-sources.ts';
import type { StockHub } from './stock-hub.ts';
import { availabilityChanges, stockChanges } from './stock-sources.ts';

export interface LiveParts {
  readonly orders: SubgraphClient;
  readonly inventory: SubgraphClient;
  readonly orderHub: OrderHub;
  readonly stockHub: StockHub;
}

/** Gives each field of Subscription its source; what the schema says of the arguments, graphql-js has checked. */
export function bindSubscriptionFields(schema: GraphQLSchema, parts: LiveParts): void {
  const { orders, inventory, orderHub, stockHub } = parts;
  const sources = {
    orderStatusChanged: ({ orderId, after }: { orderId: string; after?: number | null }, viewer: Viewer) =>
      orderStatusChanges(orders, orderHub, viewer, { orderId, after: after ?? null }),
    orderChanges: ({ statuses }: { statuses?: OrderStatus[] | null }, viewer: Viewer) =>
      allOrderChanges(orderHub, viewer, statuses ?? null),
    stockChanged: (
      { sku, facilityId }: { sku?: string | null; facilityId?: string | null },
      viewer: Viewer,
    ) => stockChanges(inventory, stockHub, viewer, { sku: sku ?? null, facilityId: facilityId ?? null }),
    availabilityChanged: ({ skus }: { skus: string[] }) => availabilityChanges(inventory, stockHub, skus),
  } as const;
  const fields = schema.getSubscriptionType()!.getFields();
  for (const [name, source] of Object.entries(sources)) {
    fields[name]!.subscribe = (_root: unknown, args: unknown, { viewer }: ViewerContext) =>
      source(args as never, viewer);
  }
}
