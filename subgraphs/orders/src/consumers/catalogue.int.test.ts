import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, ReceivedFact } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { readOrderPrices } from '../queries/product-prices.ts';
import { anOrdersDatabase, aReceivedFact, withSlowInserts } from '../testing.ts';
import { followCatalogue } from './catalogue.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const listed = (sku: string, version: number, amount: string, currencyCode = 'GBP') =>
  aReceivedFact('ProductListed', { sku, version, name: sku, unitPrice: { amount, currencyCode } });
const follow = (...facts: readonly ReceivedFact[]) =>
  database.transaction((tx) => followCatalogue(tx, facts));
const priceOf = async (sku: string) => (await readOrderPrices(database.read, [sku], 'GBP')).get(sku)?.amount;

describe('The copy of the catalogue', () => {
  it('takes of several listings the highest version, in one batch and over batches', async () => {
    await follow(listed('S', 2, '2.00'), listed('S', 3, '3.00'), listed('S', 1, '1.00'));
    expect(await priceOf('S')).toBe('3.00');
    await follow(listed('S', 2, '2.00'));
    expect(await priceOf('S')).toBe('3.00');
    await follow(listed('S', 4, '4'));
    expect(await priceOf('S')).toBe('4.00');
  });

  it('takes batches that list the same SKUs in opposite order at once', async () => {
    const skus = Array.from({ length: 20 }, (_, index) => `opposite-${index}`);
    await withSlowInserts(database, 'catalogue_product', () =>
      Promise.all([
        follow(...skus.map((sku) => listed(sku, 1, '1.00'))),
        follow(...skus.toReversed().map((sku) => listed(sku, 2, '2.00'))),
      ]),
    );
    const prices = await readOrderPrices(database.read, skus, 'GBP');
    expect(new Set([...prices.values()].map(({ amount }) => amount))).toEqual(new Set(['2.00']));
  });

  it('refuses a price that its currency cannot express', async () => {
    await expect(follow(listed('P', 1, '1.005'))).rejects.toMatchObject({ name: 'UnreadablePriceError' });
  });

  it('charges only prices in its own currency', async () => {
    await follow(listed('EUR-only', 1, '1.00', 'EUR'));
    expect(await priceOf('EUR-only')).toBeUndefined();
  });

  it('answers a SKU that no text of the database can hold', async () => {
    expect(await priceOf('A\u0000')).toBeUndefined();
  });
});
