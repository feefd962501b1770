import { sumMoney, timesMoney, type MoneyAmount } from '../../money.ts';
import type { CartLine } from '../cart/cart.ts';

interface Priced {
  readonly orderPrice: MoneyAmount | null;
}

/** What the lines would be charged; null while a price is not known or there is none, and of no lines. */
export function checkoutTotal(
  lines: readonly CartLine[],
  bySku: ReadonlyMap<string, Priced | null>,
): MoneyAmount | null {
  const amounts = lines.map(({ sku, quantity }) => {
    const price = bySku.get(sku)?.orderPrice;
    return price ? timesMoney(price, quantity) : null;
  });
  return amounts.every((amount) => amount !== null) ? sumMoney(amounts) : null;
}
