import type { TradeRow } from './trade-rows.ts';

/** Why a row is no goods ordered or returned, in the words of the summary. */
export type NoOrderKind =
  | 'postage and carriage'
  | 'manual entry'
  | 'discount'
  | 'sample'
  | 'fee'
  | 'gift voucher'
  | 'test entry'
  | 'adjustment'
  | 'price 0'
  | 'quantity 0'
  | 'negative quantity without C'
  | 'positive quantity on a credit note';

/** A line of an order, a line of a credit note (goods returned), or neither. */
export type RowClass =
  { readonly as: 'order' | 'return' } | { readonly as: 'none'; readonly kind: NoOrderKind };

/** Codes that are no goods; every other code is. */
const codesOfNoGoods: readonly (readonly [RegExp, NoOrderKind])[] = [
  [/^(POST|DOT|C2|C3)$/, 'postage and carriage'],
  [/^M$/, 'manual entry'],
  [/^D$/, 'discount'],
  [/^S$/, 'sample'],
  [/^(AMAZONFEE|BANK CHARGES|CRUK)$/, 'fee'],
  [/^GIFT/, 'gift voucher'],
  [/^TEST/, 'test entry'],
  [/^ADJUST/, 'adjustment'],
];

/** The first reason that holds is the row's kind, in this order: code, invoice, price, quantity. */
export function classify({ invoice, sku, quantity, priceMicros }: TradeRow): RowClass {
  const code = sku.toUpperCase();
  for (const [pattern, kind] of codesOfNoGoods) if (pattern.test(code)) return { as: 'none', kind };
  if (/^A\d/i.test(invoice) || priceMicros < 0) return { as: 'none', kind: 'adjustment' };
  const isCreditNote = /^C/i.test(invoice);
  if (quantity === 0) return { as: 'none', kind: 'quantity 0' };
  if (!isCreditNote && quantity < 0) return { as: 'none', kind: 'negative quantity without C' };
  if (isCreditNote && quantity > 0) return { as: 'none', kind: 'positive quantity on a credit note' };
  if (priceMicros === 0) return { as: 'none', kind: 'price 0' };
  return { as: isCreditNote ? 'return' : 'order' };
}
