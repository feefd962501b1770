/** Money in minor units (pence, cents): whole numbers, so that sums are exact. */
export interface Money {
  readonly amountMinor: bigint;
  /** ISO 4217. */
  readonly currencyCode: string;
}

/** One SKU of an order, its units summed; `position` is the line of the input that named it first. */
export interface DraftLine {
  readonly sku: string;
  readonly quantity: number;
  readonly position: number;
}

export interface Destination {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly latitude: number;
  readonly longitude: number;
  /** How the coordinates were found. */
  readonly precision: 'GIVEN' | 'POSTAL_CODE' | 'CITY' | 'COUNTRY';
}

/** What a client wants to order: valid in itself, not yet priced. */
export interface OrderDraft {
  readonly customerId: string;
  readonly reference: string | null;
  readonly destination: Destination;
  /** The total that the client was shown; null when it did not say. */
  readonly expectedTotal: Money | null;
  readonly lines: readonly DraftLine[];
}

export interface PricedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
}

/** What was ordered, at the prices of that moment. */
export interface PlacedOrder {
  readonly customerId: string;
  readonly reference: string | null;
  readonly destination: Destination;
  readonly total: Money;
  readonly lines: readonly PricedLine[];
}

/** The catalogue as orders knows it: minor units by SKU, all of one currency. */
export interface PriceList {
  readonly currencyCode: string;
  readonly unitPriceMinor: ReadonlyMap<string, bigint>;
}

export type PlacingRejection =
  | { readonly code: 'UNKNOWN_SKU'; readonly lines: readonly DraftLine[] }
  | { readonly code: 'PRICE_CHANGED'; readonly total: Money }
  | { readonly code: 'TOTAL_TOO_LARGE' };

/** The highest total of an order, in minor units. */
export const maxTotalMinor = 1_000_000_000_000_000n;

/** Prices a draft; says no when a SKU has no price, or when the total is not what the client was shown. */
export function priceDraft(draft: OrderDraft, prices: PriceList): PlacedOrder | PlacingRejection {
  const { expectedTotal, ...content } = draft;
  const unknown = draft.lines.filter((line) => !prices.unitPriceMinor.has(line.sku));
  if (unknown.length > 0) return { code: 'UNKNOWN_SKU', lines: unknown };

  const lines = draft.lines.map(({ sku, quantity }) => ({
    sku,
    quantity,
    unitPriceMinor: prices.unitPriceMinor.get(sku) ?? 0n,
  }));
  const amountMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * BigInt(line.quantity), 0n);
  const total = { amountMinor, currencyCode: prices.currencyCode };
  if (amountMinor > maxTotalMinor) return { code: 'TOTAL_TOO_LARGE' };
  if (expectedTotal !== null && !isSameMoney(expectedTotal, total)) return { code: 'PRICE_CHANGED', total };
  return { ...content, lines, total };
}

const isSameMoney = (one: Money, other: Money) =>
  one.amountMinor === other.amountMinor && one.currencyCode === other.currencyCode;
