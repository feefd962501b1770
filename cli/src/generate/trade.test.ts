import { afterAll, describe, expect, it } from '@jest/globals';
import { surveyFiles } from '../replay/survey.ts';
import { TestFiles } from '../testing/test-files.ts';
import { tradeLines } from './trade.ts';

const files = new TestFiles();
afterAll(() => files.remove());

const shape = { seed: 7, invoices: 400, skus: 100, firstInvoice: 600_000 };

describe('tradeLines', () => {
  it('gives the same lines for the same seed, and others for another', () => {
    const lines = (seed: number): string => [...tradeLines({ ...shape, seed })].join('\n');
    expect(lines(7)).toBe(lines(7));
    expect(lines(8)).not.toBe(lines(7));
  });

  it('holds every kind of line that replay tells apart, none of them malformed', async () => {
    const path = files.raw('made.csv', [...tradeLines(shape)].join('\n'));
    const found = await surveyFiles([path], () => undefined);
    expect(found).toMatchObject({ malformed: 0, invoices: 400 });
    expect([...found.noOrder.keys()].sort()).toEqual([
      'manual entry',
      'negative quantity without C',
      'postage and carriage',
    ]);
    expect(found.products.some(({ name }) => name.includes('"') && name.includes(' '))).toBe(true);
  });
});
