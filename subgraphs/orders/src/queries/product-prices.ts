import type { Tx } from '@holdfast/messaging';
import { readPrices } from '../store/catalogue.ts';
import { moneyView, type MoneyView } from './order-view.ts';

/** What placeOrder charges now, by SKU; SKUs that it would not know are left out. One statement. */
export async function readOrderPrices(
  tx: Tx,
  skus: readonly string[],
  currencyCode: string,
): Promise<ReadonlyMap<string, MoneyView>> {
  const prices = await readPrices(tx, skus, currencyCode);
  return new Map([...prices].map(([sku, amountMinor]) => [sku, moneyView(amountMinor, currencyCode)]));
}
