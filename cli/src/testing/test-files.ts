import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** A temporary folder for the trade files of one test file. */
export class TestFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-replay-'));

  /** Writes lines after the header and gives the file's path. */
  trade(name: string, lines: readonly string[]): string {
    return this.raw(name, `${[header, ...lines].join('\n')}\n`);
  }

  raw(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface RowParts {
  readonly invoice?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity?: number | string;
  readonly price?: string;
  readonly customer?: string;
  readonly country?: string;
}

/** A line of trade; what is not given is ordinary. */
export const aLine = (parts: RowParts = {}): string => {
  const {
    invoice = '536365',
    sku = '71053',
    name = 'WHITE METAL LANTERN',
    quantity = 6,
    price = '3.39',
  } = parts;
  return [
    invoice,
    sku,
    name,
    quantity,
    '2010-12-01 08:26:00',
    price,
    parts.customer ?? '17850.0',
    parts.country ?? 'United Kingdom',
  ].join(',');
};

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}
