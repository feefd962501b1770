import { classify } from './classification.ts';
import { countryCodeOf } from './countries.ts';
import type { Survey } from './survey.ts';
import { tradeRows, type TradeRow } from './trade-rows.ts';

/** An invoice of goods: an order, or goods that came back. */
export interface Invoice {
  readonly number: string;
  readonly as: 'order' | 'return';
  /** Of the file in which it begins. */
  readonly fileSha256: string;
  readonly customerId: string | null;
  /** As the data writes it. */
  readonly countryName: string;
  /** ISO 3166-1 alpha-2; null when there is none. */
  readonly country: string | null;
  /** Units by SKU, in the order of the file; above 0. */
  readonly lines: ReadonlyMap<string, number>;
}

/** More lines of split invoices than this are not held; the files must then be sorted first. */
const maxHeldLines = 2_000_000;

/** The files' order of rows would need more memory than replay takes. */
export class TooScatteredError extends Error {
  override readonly name = 'TooScatteredError';
}

/**
 * Streams the invoices of the surveyed files, each once and whole. An invoice whose rows stand together comes as soon as
 * they end; one whose rows stand in several places (also in several files) is held until its last run has ended.
 * Invoices with no row of goods are left out. Throws TooScatteredError when more than 2,000,000 lines would be held.
 */
export async function* invoicesOf(survey: Pick<Survey, 'files' | 'runsOfSplit'>): AsyncGenerator<Invoice> {
  const held = new Map<string, { draft: Draft; runsLeft: number }>();
  let heldLines = 0;
  let current: Draft | null = null as Draft | null;

  /** What the end of a run sets free. */
  const closed = (draft: Draft | null): Invoice | null => {
    if (draft === null) return null;
    const runs = survey.runsOfSplit.get(draft.number);
    if (runs === undefined) return finished(draft);
    const entry = held.get(draft.number) ?? { draft, runsLeft: runs };
    if (entry.draft !== draft) {
      heldLines -= entry.draft.lines.size;
      merge(entry.draft, draft);
    }
    entry.runsLeft -= 1;
    if (entry.runsLeft === 0) {
      held.delete(draft.number);
      return finished(entry.draft);
    }
    held.set(draft.number, entry);
    heldLines += entry.draft.lines.size;
    if (heldLines > maxHeldLines)
      throw new TooScatteredError('too many invoices stand in several places: sort the files by InvoiceNo');
    return null;
  };

  for (const { path, sha256 } of survey.files) {
    for await (const row of tradeRows(path)) {
      if ('malformed' in row) continue;
      if (current?.number !== row.invoice) {
        const invoice = closed(current);
        if (invoice !== null) yield invoice;
        current = { number: row.invoice, fileSha256: sha256, first: null, as: 'order', lines: new Map() };
      }
      addRow(current, row);
    }
  }
  const last = closed(current);
  if (last !== null) yield last;
  for (const { draft } of held.values()) {
    const invoice = finished(draft);
    if (invoice !== null) yield invoice;
  }
}

interface Draft {
  readonly number: string;
  readonly fileSha256: string;
  /** The first row of goods. */
  first: TradeRow | null;
  as: 'order' | 'return';
  readonly lines: Map<string, number>;
}

function addRow(draft: Draft, row: TradeRow): void {
  const found = classify(row);
  if (found.as === 'none') return;
  draft.as = found.as;
  draft.first ??= row;
  draft.lines.set(row.sku, (draft.lines.get(row.sku) ?? 0) + Math.abs(row.quantity));
}

function merge(into: Draft, from: Draft): void {
  if (from.first === null) return;
  into.as = from.as;
  into.first ??= from.first;
  for (const [sku, quantity] of from.lines) into.lines.set(sku, (into.lines.get(sku) ?? 0) + quantity);
}

function finished({ number, as, fileSha256, first, lines }: Draft): Invoice | null {
  if (first === null) return null;
  const { customerId, country } = first;
  return { number, as, fileSha256, customerId, countryName: country, country: countryCodeOf(country), lines };
}
