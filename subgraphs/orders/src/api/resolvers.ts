import { dateTimeScalar, decimalScalar } from '@holdfast/service';
import { messaging } from './messaging.ts';
import { mutation } from './mutation.ts';
import { orderLine } from './order-line.ts';
import { order } from './order.ts';
import { product } from './product.ts';
import { query } from './query.ts';
import type { Resolvers } from './resolver-types.generated.ts';
import { stockFact } from './stock-fact.ts';

/** One file for each GraphQL type that needs more than its fields read. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  Order: order,
  OrderLine: orderLine,
  StockFact: stockFact,
  Product: product,
  Messaging: messaging,
  DateTime: dateTimeScalar,
  Decimal: decimalScalar,
};
