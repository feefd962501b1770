import { connectionOf, decodeCursor, encodeCursor, pageSize, requireOperator } from '@holdfast/service';
import { badInput } from './errors.ts';
import { isOrderId, isPossibleName } from './names.ts';
import type { QueryResolvers } from './resolver-types.generated.ts';

const longestSearch = 200;
/** Later instants PostgreSQL does not read as JavaScript writes them. */
const endOfYear9999Ms = Date.UTC(10_000, 0);

export const query: QueryResolvers = {
  product: (_root, { sku }, { loaders }) => loaders.product.load(sku),

  products: async (_root, page, { app }) => {
    const first = pageSize(page.first ?? 20);
    const search = page.search || null;
    if (search !== null && search.length > longestSearch) {
      throw badInput(`search has ${search.length} characters; allowed: up to ${longestSearch}`);
    }
    const after = decodeCursor(page.after, ['string'])?.[0] ?? null;
    const isPossible = search === null || isPossibleName(search);
    const products = isPossible ? await app.readProductsPage({ search, after, limit: first + 1 }) : [];
    return connectionOf(products, first, ({ sku }) => encodeCursor([sku]));
  },

  facility: (_root, { id }, { loaders }) => loaders.facility.load(id),

  facilities: (_root, _arguments, { app }) => app.readAllFacilities(),

  stockMovements: async (_root, page, { app, viewer, loaders }) => {
    const first = pageSize(page.first ?? 50);
    const after = readMovementCursor(page.after);
    const { sku = null, facilityId = null, orderId = null } = page;
    const isPossible = isPossibleName(`${sku}${facilityId}`) && (orderId === null || isOrderId(orderId));
    // Another customer's order is an unknown one.
    const isHidden = orderId !== null && !viewer?.isOperator && !(await loaders.reservation.load(orderId));
    const movements =
      isPossible && !isHidden
        ? await app.readStockMovements({ sku, facilityId, orderId, after, limit: first + 1 })
        : [];
    return connectionOf(movements, first, ({ id }) => encodeCursor([id]));
  },

  reservations: async (_root, page, { app, viewer }) => {
    requireOperator(viewer);
    const first = pageSize(page.first ?? 50);
    const { sku = null, status = null } = page;
    const limit = first + 1;
    if (sku === null) {
      const after = readDecisionCursor(page.after);
      const reservations = await app.readReservationsPage({ status, after, limit });
      return connectionOf(reservations, first, ({ decidedAt, orderId }) =>
        encodeCursor([decidedAt.getTime(), orderId]),
      );
    }
    const after = readMovementCursor(page.after);
    const isPossible = isPossibleName(sku);
    const tied = isPossible ? await app.readReservationsOfSku({ sku, status, after, limit }) : [];
    return connectionOf(tied, first, ({ movementId }) => encodeCursor([movementId]));
  },

  inventoryMessaging: (_root, _arguments, { app, viewer }) => {
    requireOperator(viewer);
    return app.messagingStatus();
  },
};

function readMovementCursor(after: string | null | undefined): string | null {
  const id = decodeCursor(after, ['string'])?.[0] ?? null;
  if (id !== null && !/^\d{1,18}$/.test(id)) throw badInput('after is no cursor of this list');
  return id;
}

function readDecisionCursor(after: string | null | undefined): { decidedAt: Date; orderId: string } | null {
  const key = decodeCursor(after, ['number', 'string']);
  if (key === null) return null;
  const [decidedAtMs, orderId] = key;
  const isInstant = decidedAtMs >= 0 && decidedAtMs < endOfYear9999Ms;
  if (!isInstant || !isOrderId(orderId)) throw badInput('after is no cursor of this list');
  return { decidedAt: new Date(decidedAtMs), orderId };
}
