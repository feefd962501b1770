import { makeOperation, type Exchange, type Operation, type OperationResult } from 'urql';
import { filter, makeSubject, merge, pipe } from 'wonka';

const REMEMBERED = 5_000;
const MOST_REREADINGS = 5;

/**
 * Answers overtake each other: a query that began before a change may end after the event that told of it. This exchange
 * remembers the highest version that any answer held of each order and product, and has a query whose answer holds an
 * older one asked again, so that nothing on a page ever goes back in time. It stands between cache and network.
 */
export const newestReadings: Exchange = ({ forward }) => {
  const newest = new Map<string, number>();

  const note = (key: string, version: number): boolean => {
    const known = newest.get(key) ?? -1;
    if (version < known) return false;
    newest.delete(key); // Set anew, it is the last to be forgotten.
    newest.set(key, version);
    if (newest.size > REMEMBERED) newest.delete(newest.keys().next().value!);
    return true;
  };

  const isNewest = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.map(isNewest).every(Boolean);
    if (typeof value !== 'object' || value === null) return true;
    const entity = versionOf(value as Readonly<Record<string, unknown>>);
    const isOwnNewest = entity === null || note(entity.key, entity.version);
    return Object.values(value).map(isNewest).every(Boolean) && isOwnNewest;
  };

  const rereadings = makeSubject<Operation>();
  const isToldOrAskedAgain = ({ operation, data }: OperationResult): boolean => {
    if (isNewest(data)) return true;
    const count = (operation.context['rereadings'] as number | undefined) ?? 0;
    if (operation.kind !== 'query' || count >= MOST_REREADINGS) return true;
    rereadings.next(again(operation, count + 1));
    return false;
  };
  // Asked again below the cache: to what stands above, the one question just takes longer.
  return (operations) => pipe(merge([operations, rereadings.source]), forward, filter(isToldOrAskedAgain));
};

const again = (operation: Operation, rereadings: number): Operation =>
  makeOperation('query', operation, { ...operation.context, rereadings, requestPolicy: 'network-only' });

function versionOf(entity: Readonly<Record<string, unknown>>): { key: string; version: number } | null {
  const { __typename: type, id, sku, version, availableVersion } = entity;
  if (type === 'Order' && typeof id === 'string' && typeof version === 'number')
    return { key: `Order:${id}`, version };
  if (type === 'Product' && typeof sku === 'string' && typeof availableVersion === 'number')
    return { key: `Product:${sku}`, version: availableVersion };
  return null;
}
