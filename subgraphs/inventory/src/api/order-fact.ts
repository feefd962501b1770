import { requireOperator } from '@holdfast/service';
import type { OrderFactResolvers } from './resolver-types.generated.ts';

export const orderFact: OrderFactResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  handling: ({ id }, _arguments, { loaders, viewer }) => {
    requireOperator(viewer);
    return loaders.handling.load(id);
  },
};
