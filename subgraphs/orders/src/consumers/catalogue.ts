import type { BatchHandler, FactOfType } from '@holdfast/messaging';
import { toMinorUnits } from '@holdfast/service';
import { saveProducts, type ListedProduct } from '../store/catalogue.ts';

/** A price that its currency cannot express. */
export class UnreadablePriceError extends Error {
  override readonly name = 'UnreadablePriceError';
}

/** Copies what inventory lists, of several listings of one SKU the one with the highest version. */
export const followCatalogue: BatchHandler = async (tx, facts) => {
  const newest = new Map<string, ListedProduct>();
  for (const fact of facts) {
    if (fact.type !== 'ProductListed') continue;
    const product = listedProduct(fact);
    const known = newest.get(product.sku);
    if (known === undefined || known.version < product.version) newest.set(product.sku, product);
  }
  if (newest.size > 0) await saveProducts(tx, [...newest.values()]);
};

function listedProduct({ data }: FactOfType<'ProductListed'>): ListedProduct {
  const { sku, version, unitPrice } = data;
  const { amount, currencyCode } = unitPrice;
  const unitPriceMinor = toMinorUnits(amount, currencyCode);
  if (unitPriceMinor === null)
    throw new UnreadablePriceError(`${amount} ${currencyCode} is no price of ${sku}`);
  return { sku, version, currencyCode, unitPriceMinor };
}
