import type { FactType } from './contracts/contracts.ts';
import type { ConsumerName } from './topology.ts';

/** The fact types each consumer's handler gets; the others that its filter lets through are acknowledged unread. */
export const handledFacts: Readonly<Record<ConsumerName, ReadonlySet<FactType>>> = {
  'inventory-orders': new Set<FactType>(['OrderPlaced', 'OrderCancelled', 'OrderShipping']),
  'orders-reservations': new Set<FactType>([
    'StockReserved',
    'StockRejected',
    'StockReleased',
    'StockConfirmed',
  ]),
  'orders-catalogue': new Set<FactType>(['ProductListed']),
};
