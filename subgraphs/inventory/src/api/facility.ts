import { connectionOf, decodeCursor, encodeCursor, pageSize, requireOperator } from '@holdfast/service';
import { zones } from '../domain/stock.ts';
import { badInput } from './errors.ts';
import type { FacilityResolvers } from './resolver-types.generated.ts';

export const facility: FacilityResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.facility.load(id),
  stock: async ({ id }, page, { viewer, loaders }) => {
    requireOperator(viewer);
    const first = pageSize(page.first ?? 50);
    const request = { facilityId: id, after: readCursor(page.after), limit: first + 1 };
    const levels = await loaders.stockOfFacility.load(request);
    return connectionOf(levels, first, ({ sku, zone }) => encodeCursor([sku, zone]));
  },
  totals: ({ id }, _arguments, { viewer, loaders }) => {
    requireOperator(viewer);
    return loaders.totalsOfFacility.load(id);
  },
};

function readCursor(after: string | null | undefined) {
  const key = decodeCursor(after, ['string', 'string']);
  if (key === null) return null;
  const zone = zones.find((each) => each === key[1]);
  if (zone === undefined) throw badInput('after is no cursor of this list');
  return { sku: key[0], zone };
}
