import { afterAll, describe, expect, it } from '@jest/globals';
import { aLine, all, TestFiles } from '../testing/test-files.ts';
import { NotTradeError, tradeRows, type MalformedLine, type TradeRow } from './trade-rows.ts';

const files = new TestFiles();
afterAll(() => files.remove());

const read = (path: string): Promise<(TradeRow | MalformedLine)[]> => all(tradeRows(path));

describe('tradeRows', () => {
  it('reads a row with its line number, price in millionths and customer without decimals', async () => {
    const path = files.trade('plain.csv', [aLine({ price: '2.55' })]);
    expect(await read(path)).toEqual([
      {
        line: 2,
        invoice: '536365',
        sku: '71053',
        name: 'WHITE METAL LANTERN',
        quantity: 6,
        priceMicros: 2_550_000,
        customerId: '17850',
        country: 'United Kingdom',
      },
    ]);
  });

  it('reads quotes, commas, line ends of both kinds, a byte order mark and a last line without an end', async () => {
    const header =
      '\uFEFFInvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n';
    const path = files.raw(
      'quotes.csv',
      `${header}${aLine({ name: '"A ""B"", C"' })}\r\n${aLine({ name: 'INCH 6" NAIL' })}`,
    );
    expect((await read(path)).map((row) => ('name' in row ? row.name : row.malformed))).toEqual([
      'A "B", C',
      'INCH 6" NAIL',
    ]);
  });

  it('reads Latin-1 where a line is no UTF-8', async () => {
    const path = files.raw(
      'latin1.csv',
      Buffer.concat([
        Buffer.from(`InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n`),
        Buffer.from(aLine({ name: 'VOUCHER £40' }), 'latin1'),
      ]),
    );
    expect(await read(path)).toMatchObject([{ name: 'VOUCHER £40' }]);
  });

  it.each([
    ['too few fields', '536365,71053,LANTERN,6', '4 fields instead of 8'],
    ['a fraction of a unit', aLine({ quantity: '1.5' }), 'Quantity is no whole number: "1.5"'],
    ['a quantity in words', aLine({ quantity: 'six' }), 'Quantity is no whole number: "six"'],
    ['a price that is none', aLine({ price: '3,39'.replace(',', ';') }), 'UnitPrice is no amount: "3;39"'],
    ['no invoice', aLine({ invoice: '' }), 'InvoiceNo is empty'],
    ['a control character in a code', aLine({ sku: '71\u0007053' }), 'StockCode holds a control character'],
    ['an endless line', aLine({ name: 'X'.repeat(70_000) }), 'it is longer than 64 KiB'],
  ])('tells %s by its line and reads on', async (name, line, reason) => {
    const path = files.trade(`${name}.csv`, [aLine(), line, aLine()]);
    expect(await read(path)).toMatchObject([
      { line: 2 },
      { line: 3, malformed: reason },
      { line: 4, sku: '71053' },
    ]);
  });

  it('loses no other line to a quote that is never closed', async () => {
    const lines = [
      aLine({ name: '"BROKEN' }),
      aLine({ name: '"A, B"' }),
      ...Array.from({ length: 20 }, () => aLine()),
    ];
    const rows = await read(files.trade('open-quote.csv', lines));
    expect(rows).toHaveLength(22);
    expect(rows.filter((row) => 'malformed' in row)).toEqual([
      { line: 2, malformed: 'a quote is never closed' },
    ]);
  });

  it('reads a quoted name over two lines as one row', async () => {
    const rows = await read(files.trade('two-lines.csv', [aLine({ name: '"A\nB"' }), aLine()]));
    expect(rows).toMatchObject([{ line: 2, name: 'A B' }, { line: 4 }]);
  });

  it('finds columns by name in any order, and refuses a file that lacks one', async () => {
    const shuffled =
      'Country,Quantity,InvoiceNo,StockCode,Description,Price,Customer ID\nFrance,2,1,A,B,1.5,\n';
    expect(await read(files.raw('order.csv', shuffled.replace('InvoiceNo', 'Invoice')))).toMatchObject([
      { country: 'France', quantity: 2, customerId: null },
    ]);
    await expect(read(files.raw('other.csv', 'a,b\n1,2\n'))).rejects.toThrow(NotTradeError);
    await expect(read(files.raw('empty.csv', ''))).rejects.toThrow(NotTradeError);
  });
});
