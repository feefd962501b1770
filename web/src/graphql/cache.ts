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
    resolvers: { Facility: { stock: relayPagination() } },
  });
