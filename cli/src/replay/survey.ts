import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { classify, type NoOrderKind } from './classification.ts';
import { countryCodeOf } from './countries.ts';
import { SeenInvoices } from './seen-invoices.ts';
import { SkuStatistics, type CatalogueProduct } from './sku-statistics.ts';
import { tradeRows } from './trade-rows.ts';

/** What the first reading of the files found; it grows with SKUs and files, not with lines or invoices. */
export interface Survey {
  readonly files: readonly SurveyedFile[];
  /** Files left out because an earlier one has the same bytes. */
  readonly repeatedFiles: readonly string[];
  readonly products: readonly CatalogueProduct[];
  readonly rows: number;
  readonly malformed: number;
  readonly noOrder: ReadonlyMap<NoOrderKind, number>;
  /** Of every kind, with or without goods; split ones may be counted once too few or too often in 19,000. */
  readonly invoices: number;
  /** Those that order or return goods, for the progress; may be a few off where invoices are split. */
  readonly invoicesOfGoods: number;
  /** Invoices whose rows do not stand together, with the number of runs in which they stand. */
  readonly runsOfSplit: ReadonlyMap<string, number>;
}

export interface SurveyedFile {
  readonly path: string;
  readonly sha256: string;
  /** Units ordered in this file by SKU, of rows whose country has a code. */
  readonly demand: ReadonlyMap<string, number>;
}

export interface MalformedReport {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** Reads every file once, and tells each line that is no row. Rejects when a file cannot be read or is no such file. */
export async function surveyFiles(
  paths: readonly string[],
  onMalformed: (report: MalformedReport) => void,
): Promise<Survey> {
  const files: SurveyedFile[] = [];
  const repeatedFiles: string[] = [];
  const statistics = new SkuStatistics();
  const noOrder = new Map<NoOrderKind, number>();
  const runs = new InvoiceRuns();
  let rows = 0;
  let malformed = 0;
  for (const path of paths) {
    const sha256 = await hashOf(path);
    if (files.some((file) => file.sha256 === sha256)) {
      repeatedFiles.push(path);
      continue;
    }
    const demand = new Map<string, number>();
    for await (const row of tradeRows(path)) {
      if ('malformed' in row) {
        malformed += 1;
        onMalformed({ path, line: row.line, reason: row.malformed });
        continue;
      }
      rows += 1;
      const found = classify(row);
      runs.add(row.invoice, found.as !== 'none');
      if (found.as === 'none') noOrder.set(found.kind, (noOrder.get(found.kind) ?? 0) + 1);
      statistics.add(row, found.as !== 'none');
      if (found.as === 'order' && countryCodeOf(row.country) !== null) {
        demand.set(row.sku, (demand.get(row.sku) ?? 0) + row.quantity);
      }
    }
    files.push({ path, sha256, demand });
  }
  const { invoices, invoicesOfGoods, runsOfSplit } = runs;
  return {
    files,
    repeatedFiles,
    products: statistics.products(),
    rows,
    malformed,
    noOrder,
    invoices,
    invoicesOfGoods,
    runsOfSplit,
  };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

class InvoiceRuns {
  readonly #seen = new SeenInvoices();
  readonly runsOfSplit = new Map<string, number>();
  #current: string | null = null;
  #isRepeat = false;
  #hasGoods = false;
  invoices = 0;
  invoicesOfGoods = 0;

  add(invoice: string, isGoods: boolean): void {
    if (invoice !== this.#current) this.#begin(invoice);
    if (!isGoods || this.#hasGoods) return;
    this.#hasGoods = true;
    if (!this.#isRepeat) this.invoicesOfGoods += 1;
  }

  #begin(invoice: string): void {
    this.#current = invoice;
    this.#hasGoods = false;
    this.#isRepeat = this.#seen.add(invoice);
    if (!this.#isRepeat) this.invoices += 1;
    else this.runsOfSplit.set(invoice, (this.runsOfSplit.get(invoice) ?? 1) + 1);
  }
}
