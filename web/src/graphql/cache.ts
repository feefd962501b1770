import { cacheExchange, type KeyingConfig } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import type { Exchange } from 'urql';

const partOfItsParent = (): null => null;

/** What is no entity of its own is kept within its parent. */
const keys: KeyingConfig = {
  Product: ({ sku }) => (typeof sku === 'string' ? sku : null),
  ...Object.fromEntries(
    [
      'Airport',
      'Allocation',
      'AllocationCandidate',
      'AllocationDecision',
      'Cancellation',
      'Country',
      'Destination',
      'FactHandling',
      'FindDestinationPayload',
      'MessageConsumer',
      'Messaging',
      'Money',
      'OrderLine',
      'OrderStatusChange',
      'OrderTotal',
      'Problem',
      'Publication',
      'Rejection',
      'Relay',
      'Reservation',
      'Shortage',
      'StockChange',
      'StockLevel',
      'StockTotals',
      'Viewer',
    ].map((name) => [name, partOfItsParent]),
  ),
};

/** The normalised cache. It holds nothing optimistic: what a page shows, a service has said. */
export const graphcache = (): Exchange =>
  cacheExchange({
    keys,
    resolvers: {
      Query: {
        products: relayPagination(),
        orders: relayPagination(),
        stockMovements: relayPagination(),
        reservations: relayPagination(),
      },
      Facility: { stock: relayPagination() },
    },
    updates: {
      Mutation: {
        placeOrder: (_result, _arguments, cache) => cache.invalidate('Query', 'orders'),
        receiveStock: (_result, _arguments, cache) => cache.invalidate('Query', 'stockMovements'),
        adjustStock: (_result, _arguments, cache) => cache.invalidate('Query', 'stockMovements'),
      },
    },
  });
