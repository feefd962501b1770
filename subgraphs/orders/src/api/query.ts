import {
  connectionOf,
  decodeCursor,
  encodeCursor,
  pageSize,
  requireOperator,
  requireViewer,
  type AuthMode,
} from '@holdfast/service';
import { isOrderId } from '../domain/order-id.ts';
import { badInput } from './errors.ts';
import type { Authentication, QueryResolvers } from './resolver-types.generated.ts';

const mostPositions = 1_000;
/** Later instants PostgreSQL does not read as JavaScript writes them. */
const endOfYear9999Ms = Date.UTC(10_000, 0);

const authentications: Readonly<Record<AuthMode, Authentication>> = { off: 'OFF', jwt: 'JWT' };

export const query: QueryResolvers = {
  viewer: (_root, _arguments, { viewer }) => viewer,

  order: (_root, { id }, { loaders }) => loaders.order.load(id),

  orders: async (_root, page, { app, viewer }) => {
    const first = pageSize(page.first ?? 20);
    const orders = await app.readOrdersPage(requireViewer(viewer), {
      statuses: page.filter?.statuses ?? null,
      customerId: page.filter?.customerId ?? null,
      reference: page.filter?.reference ?? null,
      placedFrom: page.filter?.placedFrom ?? null,
      placedBefore: page.filter?.placedBefore ?? null,
      after: readCursor(page.after),
      limit: first + 1,
    });
    return connectionOf(orders, first, ({ placedAt, id }) => encodeCursor([placedAt.getTime(), id]));
  },

  orderTotals: (_root, _arguments, { app, viewer }) => {
    requireOperator(viewer);
    return app.readOrderTotals();
  },

  orderEventsAfter: (_root, { positions }, { app }) => {
    if (positions.length > mostPositions)
      throw badInput(`positions has ${positions.length} orders; allowed: up to ${mostPositions}`);
    return app.readOrderEvents(positions);
  },

  ordersMessaging: (_root, _arguments, { app, viewer }) => {
    requireOperator(viewer);
    return app.messagingStatus();
  },

  authentication: (_root, _arguments, { app }) => authentications[app.auth],

  countries: (_root, _arguments, { app }) => app.countries,

  findDestination: (_root, { input }, { app, viewer }) => {
    requireViewer(viewer);
    const found = app.findDestination(input);
    return 'problems' in found
      ? { destination: null, problems: found.problems }
      : { destination: found, problems: [] };
  },
};

function readCursor(after: string | null | undefined): { placedAt: Date; id: string } | null {
  const key = decodeCursor(after, ['number', 'string']);
  if (key === null) return null;
  const [placedAtMs, id] = key;
  const isInstant = placedAtMs >= 0 && placedAtMs < endOfYear9999Ms;
  if (!isInstant || !isOrderId(id)) throw badInput('after is no cursor of this list');
  return { placedAt: new Date(placedAtMs), id };
}
