import { appendFacts, commandTransaction, type Database, type Fact, newEventId } from '@holdfast/messaging';
import { fromMinorUnits, invalidInput, textProblem, toMinorUnits, type Problem } from '@holdfast/service';
import { upsertProductRows, type ListedProduct, type ProductVersion } from '../store/products.ts';
import { maxInputRows, refused, type StockResult } from './stock-result.ts';

export interface ProductInput {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: { readonly amount: string; readonly currencyCode: string };
}

/** So that 2,000 lines of 1,000,000 units at this price stay below 2^63 minor units. */
const maxUnitPriceMinor = 4_000_000_000n;

/** Creates or replaces products, all or none, and states ProductListed for those that are new or changed. */
export async function upsertProducts(
  database: Database,
  catalogueCurrency: string,
  input: readonly ProductInput[],
  cause: { readonly correlationId: string; readonly traceparent: string | null },
): Promise<StockResult> {
  if (input.length > maxInputRows) {
    return refused([invalidInput(`${input.length} products; allowed: at most ${maxInputRows}`, [])]);
  }
  const problems = input.flatMap((product, index) => productProblems(product, index, catalogueCurrency));
  problems.push(...repeatedSkus(input));
  if (problems.length > 0) return refused(problems);

  const products = input.map((product) => listedProduct(product));
  const changed = await commandTransaction(database, async (tx) => {
    const versions = await upsertProductRows(tx, products);
    await appendFacts(
      tx,
      versions.map((version) => productListed(version, cause)),
    );
    return versions.length;
  });
  return { changed, levels: [], problems: [] };
}

function productProblems({ sku, name, unitPrice }: ProductInput, index: number, currency: string): Problem[] {
  return [
    textProblem(sku, [index, 'sku'], { min: 1 }),
    textProblem(name, [index, 'name'], { min: 1, max: 500 }),
    priceProblem(unitPrice, [index, 'unitPrice'], currency),
  ].filter((problem) => problem !== null);
}

function priceProblem(
  { amount, currencyCode }: ProductInput['unitPrice'],
  path: readonly (string | number)[],
  currency: string,
): Problem | null {
  if (currencyCode !== currency) {
    return invalidInput(`The catalogue's currency is ${currency}`, [...path, 'currencyCode']);
  }
  const units = toMinorUnits(amount, currency);
  if (units !== null && units >= 0n && units <= maxUnitPriceMinor) return null;
  const largest = fromMinorUnits(maxUnitPriceMinor, currency);
  return invalidInput(
    `amount is ${amount}; allowed: 0 to ${largest}, with no more digits than ${currency} has`,
    [...path, 'amount'],
  );
}

function repeatedSkus(input: readonly ProductInput[]): Problem[] {
  const seen = new Set<string>();
  return input.flatMap(({ sku }, index) => {
    if (seen.has(sku)) return [invalidInput(`sku is given more than once`, [index, 'sku'])];
    seen.add(sku);
    return [];
  });
}

const listedProduct = ({ sku, name, unitPrice }: ProductInput): ListedProduct => ({
  sku,
  name,
  unitPriceMinor: toMinorUnits(unitPrice.amount, unitPrice.currencyCode) ?? 0n,
  currencyCode: unitPrice.currencyCode,
});

const productListed = (
  { sku, name, unitPriceMinor, currencyCode, version }: ProductVersion,
  cause: { readonly correlationId: string; readonly traceparent: string | null },
): Fact => ({
  ...cause,
  eventId: newEventId(),
  type: 'ProductListed',
  occurredAt: new Date(),
  causationId: null,
  data: {
    sku,
    version,
    name,
    unitPrice: { amount: fromMinorUnits(unitPriceMinor, currencyCode), currencyCode },
  },
});
