export type StockChangeKind = 'receive' | 'adjust';

/** What a person asks for; texts as they were typed. */
export interface StockChangeForm {
  readonly kind: StockChangeKind;
  readonly facilityId: string;
  readonly zone: 'PRIMARY' | 'BACK';
  readonly quantity: string;
  readonly reason: string;
}

/** The key under which a content is sent. */
export interface KeyedContent {
  readonly content: string;
  readonly idempotencyKey: string;
}

/** The key stays while the content stays, so that a repeat after a lost answer changes nothing twice. */
export function keyFor(
  last: KeyedContent | null,
  sku: string,
  form: StockChangeForm,
  newKey: () => string,
): KeyedContent {
  const content = JSON.stringify([sku, form.kind, form.facilityId, form.zone, form.quantity, form.reason]);
  return last?.content === content ? last : { content, idempotencyKey: newKey() };
}

const most = 1_000_000_000;

/** The quantity that was typed, or what is wrong with it. */
export function parseQuantity({
  kind,
  quantity,
}: StockChangeForm): { readonly value: number } | { readonly problem: string } {
  const text = quantity.trim().replace('−', '-');
  const value = /^[-+]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (kind === 'receive') {
    return value >= 1 && value <= most ? { value } : { problem: 'A whole number from 1 to 1,000,000,000.' };
  }
  return value !== 0 && Math.abs(value) <= most
    ? { value }
    : { problem: 'A whole number but 0; with a minus it takes units away.' };
}
