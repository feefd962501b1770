import { requireOperator } from '@holdfast/service';
import type { StockFactResolvers } from './resolver-types.generated.ts';

export const stockFact: StockFactResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  handling: ({ id }, _arguments, { loaders, viewer }) => {
    requireOperator(viewer);
    return loaders.handling.load(id);
  },
};
