import { csvRecords } from './csv-records.ts';

/** One well-formed line of Online Retail trade. */
export interface TradeRow {
  readonly line: number;
  readonly invoice: string;
  readonly sku: string;
  readonly name: string;
  /** A whole number, also zero or negative. */
  readonly quantity: number;
  /** In millionths of the currency's unit. */
  readonly priceMicros: number;
  /** Null when the file names none. */
  readonly customerId: string | null;
  readonly country: string;
}

export interface MalformedLine {
  readonly line: number;
  readonly malformed: string;
}

/** A file that cannot be read as Online Retail trade at all. */
export class NotTradeError extends Error {
  override readonly name = 'NotTradeError';
}

const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
type Column = (typeof columns)[number];

/** Names of the same columns in later editions of the data. */
const otherNames: Readonly<Record<string, Column>> = {
  Invoice: 'InvoiceNo',
  Price: 'UnitPrice',
  'Customer ID': 'CustomerID',
};

/**
 * Streams the rows of one file; columns are found by the header's names, in any order. Lines that are no row are told,
 * and the rest goes on. Throws NotTradeError when the header lacks a column.
 */
export async function* tradeRows(path: string): AsyncGenerator<TradeRow | MalformedLine> {
  let layout: Layout | null = null;
  for await (const record of csvRecords(path)) {
    if (layout === null) {
      layout = layoutOf(path, 'fields' in record ? record.fields : []);
    } else if ('malformed' in record) {
      yield record;
    } else {
      yield rowOf(record.line, record.fields, layout);
    }
  }
  if (layout === null) throw new NotTradeError(`${path} is empty`);
}

interface Layout {
  readonly width: number;
  readonly positions: Readonly<Record<Column, number>>;
}

function layoutOf(path: string, header: readonly string[]): Layout {
  const names = header.map((name) => otherNames[name.trim()] ?? name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new NotTradeError(`${path} is no Online Retail CSV: its first line lacks ${missing.join(', ')}`);
  const positions = Object.fromEntries(columns.map((column) => [column, names.indexOf(column)])) as Record<
    Column,
    number
  >;
  return { width: names.length, positions };
}

const maxCodeLength = 200;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/u;

function rowOf(
  line: number,
  fields: readonly string[],
  { width, positions }: Layout,
): TradeRow | MalformedLine {
  if (fields.length !== width) return { line, malformed: `${fields.length} fields instead of ${width}` };
  const at = (column: Column): string => fields[positions[column]]!.trim();
  for (const column of ['InvoiceNo', 'StockCode'] as const) {
    if (at(column) === '') return { line, malformed: `${column} is empty` };
    if (at(column).length > maxCodeLength)
      return { line, malformed: `${column} has more than ${maxCodeLength} characters` };
    if (controlCharacters.test(at(column))) return { line, malformed: `${column} holds a control character` };
  }
  const quantity = quantityOf(at('Quantity'));
  if (quantity === null) return { line, malformed: `Quantity is no whole number: ${shown(at('Quantity'))}` };
  const priceMicros = microsOf(at('UnitPrice'));
  if (priceMicros === null) return { line, malformed: `UnitPrice is no amount: ${shown(at('UnitPrice'))}` };
  const customerId = at('CustomerID').replace(/\.0$/, '');
  if (customerId.length > maxCodeLength || controlCharacters.test(customerId))
    return { line, malformed: 'CustomerID is none' };
  return {
    line,
    invoice: at('InvoiceNo'),
    sku: at('StockCode'),
    name: at('Description').replaceAll(new RegExp(controlCharacters, 'gu'), ' ').slice(0, 500).trim(),
    quantity,
    priceMicros,
    customerId: customerId === '' ? null : customerId,
    country: at('Country'),
  };
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function quantityOf(text: string): number | null {
  if (!/^[+-]?\d{1,15}(\.0+)?$/.test(text)) return null;
  return Number(text);
}

/** At most six decimals: finer prices do not exist in trade, and would be cut. */
function microsOf(text: string): number | null {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,6})0*)?$/.exec(text);
  if (match === null) return null;
  const micros = Number(match[2]) * 1_000_000 + Number((match[3] ?? '').padEnd(6, '0'));
  return match[1] === '-' && micros > 0 ? -micros : micros;
}
