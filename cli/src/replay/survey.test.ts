import { afterAll, describe, expect, it } from '@jest/globals';
import { invoicesOf, type Invoice } from './invoices.ts';
import { surveyFiles } from './survey.ts';
import { aLine, all, TestFiles } from '../testing/test-files.ts';

const files = new TestFiles();
afterAll(() => files.remove());

const survey = (...paths: string[]) => surveyFiles(paths, () => undefined);
const shown = ({ number, as, lines }: Invoice): string =>
  `${as} ${number}: ${[...lines].map(([sku, units]) => `${units} ${sku}`).join(', ')}`;

describe('surveyFiles and invoicesOf', () => {
  it('makes one order of an invoice, lines of one SKU summed, and one return of a credit note', async () => {
    const path = files.trade('a.csv', [
      aLine({ invoice: '1', sku: 'A', quantity: 2 }),
      aLine({ invoice: '1', sku: 'B', quantity: 1 }),
      aLine({ invoice: '1', sku: 'A', quantity: 3 }),
      aLine({ invoice: '1', sku: 'POST', quantity: 1 }),
      aLine({ invoice: 'C2', sku: 'A', quantity: -4 }),
      aLine({ invoice: '3', sku: 'POST' }),
    ]);
    const found = await survey(path);
    expect(found).toMatchObject({ rows: 6, invoices: 3, invoicesOfGoods: 2, malformed: 0 });
    expect([...found.noOrder]).toEqual([['postage and carriage', 2]]);
    expect(Object.fromEntries(found.files[0]!.demand)).toEqual({ A: 5, B: 1 });
    expect((await all(invoicesOf(found))).map(shown)).toEqual(['order 1: 5 A, 1 B', 'return C2: 4 A']);
  });

  it('gives an invoice whose rows stand apart, also in two files, once and whole', async () => {
    const first = files.trade('b1.csv', [
      aLine({ invoice: '1', sku: 'A' }),
      aLine({ invoice: '2', sku: 'B' }),
      aLine({ invoice: '1', sku: 'B' }),
    ]);
    const second = files.trade('b2.csv', [
      aLine({ invoice: '3', sku: 'C' }),
      aLine({ invoice: '1', sku: 'A', quantity: 1 }),
    ]);
    const found = await survey(first, second);
    expect([...found.runsOfSplit]).toEqual([['1', 3]]);
    expect(found.invoices).toBe(3);
    expect((await all(invoicesOf(found))).map(shown)).toEqual([
      'order 2: 6 B',
      'order 3: 6 C',
      'order 1: 7 A, 6 B',
    ]);
  });

  it('counts no demand for an invoice whose country has no code', async () => {
    const found = await survey(files.trade('c.csv', [aLine({ country: 'Unspecified' })]));
    expect(found.files[0]!.demand.size).toBe(0);
    expect(await all(invoicesOf(found))).toMatchObject([{ country: null, countryName: 'Unspecified' }]);
  });

  it('takes the most frequent name and the lower median price, write-offs left out', async () => {
    const found = await survey(
      files.trade('d.csv', [
        aLine({ name: 'OLD', price: '1.00' }),
        aLine({ name: 'NEW', price: '1.25' }),
        aLine({ name: 'NEW', price: '1.30' }),
        aLine({ name: 'OLD NAME', price: '9.99' }),
        ...Array.from({ length: 5 }, () => aLine({ name: 'damages', price: '0', quantity: -1 })),
      ]),
    );
    expect(found.products).toEqual([{ sku: '71053', name: 'NEW', priceMicros: 1_250_000 }]);
  });

  it('reads a file that is given twice once, and tells malformed lines of every file', async () => {
    const path = files.trade('e.csv', [aLine(), 'nonsense']);
    const told: string[] = [];
    const found = await surveyFiles(
      [path, files.trade('e-copy.csv', [aLine(), 'nonsense'])],
      ({ path: at, line }) => told.push(`${at}:${line}`),
    );
    expect(found.repeatedFiles).toHaveLength(1);
    expect(found.rows).toBe(1);
    expect(told).toEqual([`${path}:3`]);
  });
});
