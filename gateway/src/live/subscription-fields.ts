import type { OrderStatus } from '@holdfast/messaging/contracts';
import type { GraphQLSchema } from 'graphql';
import type { SubgraphClient } from '../subgraph-client.ts';
import type { ViewerContext } from '../viewer.ts';
import type { LiveSource } from './live-source.ts';
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

/** Gives each field of Subscription its source. */
export function bindSubscriptionFields(schema: GraphQLSchema, parts: LiveParts): void {
  const { orders, inventory, orderHub, stockHub } = parts;
  const fields = schema.getSubscriptionType()!.getFields();
  const bind = <Args>(name: string, source: (args: Args, context: ViewerContext) => LiveSource): void => {
    fields[name]!.subscribe = (_root: unknown, args: Args, context: ViewerContext) => source(args, context);
  };
  bind<{ orderId: string; after?: number | null }>('orderStatusChanged', ({ orderId, after }, { viewer }) =>
    orderStatusChanges(orders, orderHub, viewer, { orderId, after: after ?? null }),
  );
  bind<{ statuses?: OrderStatus[] | null }>('orderChanges', ({ statuses }, { viewer }) =>
    allOrderChanges(orderHub, viewer, statuses ?? null),
  );
  bind<{ sku?: string | null; facilityId?: string | null }>(
    'stockChanged',
    ({ sku, facilityId }, { viewer }) =>
      stockChanges(inventory, stockHub, viewer, { sku: sku ?? null, facilityId: facilityId ?? null }),
  );
  bind<{ skus: string[] }>('availabilityChanged', ({ skus }) =>
    availabilityChanges(inventory, stockHub, skus),
  );
}
