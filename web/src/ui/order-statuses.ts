import type { OrderStatus } from '../graphql/schema.generated.ts';

/** In the order in which a console lists them. */
export const orderStatuses: readonly OrderStatus[] = [
  'PENDING',
  'RESERVED',
  'SHIPPING',
  'DELIVERED',
  'REJECTED',
  'CANCELLED',
];
