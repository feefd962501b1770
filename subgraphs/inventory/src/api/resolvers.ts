import { dateTimeScalar, decimalScalar } from '@holdfast/service';
import { allocationCandidate } from './allocation-candidate.ts';
import { allocation } from './allocation.ts';
import { facility } from './facility.ts';
import { messaging } from './messaging.ts';
import { mutation } from './mutation.ts';
import { orderFact } from './order-fact.ts';
import { order } from './order.ts';
import { product } from './product.ts';
import { query } from './query.ts';
import { reservation } from './reservation.ts';
import type { Resolvers } from './resolver-types.generated.ts';
import { stockLevel } from './stock-level.ts';
import { stockMovement } from './stock-movement.ts';

/** One file for each GraphQL type that needs more than its fields read. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  Product: product,
  Facility: facility,
  StockLevel: stockLevel,
  StockMovement: stockMovement,
  Order: order,
  OrderFact: orderFact,
  Reservation: reservation,
  Allocation: allocation,
  AllocationCandidate: allocationCandidate,
  Messaging: messaging,
  DateTime: dateTimeScalar,
  Decimal: decimalScalar,
};
