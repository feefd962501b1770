import type { TradeRow } from './trade-rows.ts';

export interface CatalogueProduct {
  readonly sku: string;
  readonly name: string;
  /** In millionths of the currency's unit; above 0. */
  readonly priceMicros: number;
}

/**
 * What the files say of each SKU: its most frequent name (the one met first when two are as frequent) and the lower
 * median of its prices, both over the rows with a price above 0, since write-offs carry notes instead of names.
 */
export class SkuStatistics {
  readonly #bySku = new Map<
    string,
    { names: Map<string, number>; prices: Map<number, number>; isGoods: boolean }
  >();

  /** `isGoods`: the row orders or returns goods; a SKU with no such row is no product. */
  add({ sku, name, priceMicros }: TradeRow, isGoods: boolean): void {
    if (priceMicros <= 0) return;
    let statistics = this.#bySku.get(sku);
    if (statistics === undefined) {
      statistics = { names: new Map(), prices: new Map(), isGoods: false };
      this.#bySku.set(sku, statistics);
    }
    statistics.isGoods ||= isGoods;
    statistics.prices.set(priceMicros, (statistics.prices.get(priceMicros) ?? 0) + 1);
    if (name !== '') statistics.names.set(name, (statistics.names.get(name) ?? 0) + 1);
  }

  /** Sorted by SKU. */
  products(): CatalogueProduct[] {
    const products: CatalogueProduct[] = [];
    for (const [sku, { names, prices, isGoods }] of this.#bySku) {
      if (isGoods) products.push({ sku, name: mostFrequent(names) ?? sku, priceMicros: lowerMedian(prices) });
    }
    return products.sort((a, b) => (a.sku < b.sku ? -1 : 1));
  }
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  let bestCount = 0;
  for (const [value, count] of counts) {
    if (count > bestCount) [best, bestCount] = [value, count];
  }
  return best;
}

/** Of an even number of values the lower of the two in the middle, so that it is a price that was asked. */
export function lowerMedian(counts: ReadonlyMap<number, number>): number {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.ceil(total / 2);
  for (const [value, count] of sorted) {
    left -= count;
    if (left <= 0) return value;
  }
  throw new RangeError('the median of no values');
}
