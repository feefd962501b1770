import type { Tx } from '@holdfast/messaging';
import type { LevelKey } from '../domain/stock.ts';
import type { LiveStockMessage } from '../live/live-stock.ts';
import { readAvailability } from './availability.ts';
import { readStockLevels } from './stock.ts';

/** The levels and the availability of their products as they are now. */
export async function readLiveStock(tx: Tx, keys: readonly LevelKey[]): Promise<LiveStockMessage> {
  const occurredAt = new Date().toISOString();
  const levels = await readStockLevels(tx, keys);
  const availability = await readAvailability(tx, [...new Set(keys.map(({ sku }) => sku))]);
  const products = Array.from(availability, ([sku, of]) => ({ sku, ...of }));
  return { occurredAt, levels, products };
}
