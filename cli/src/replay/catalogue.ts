import { setTimeout as sleep } from 'node:timers/promises';
import { chunksOf } from './chunks.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { CatalogueProduct } from './sku-statistics.ts';
import { facilities } from './stock-plan.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
}

/** The system answered a mutation that prepares the replay with problems. */
export class PreparationRefusedError extends Error {
  override readonly name = 'PreparationRefusedError';
}

/** The gateway takes bodies up to 1 MiB; this leaves room for the rest of the request. */
export const maxChunkBytes = 900_000;
const maxProducts = 5_000;
const pricesDeadlineMs = 120_000;
const pricesPollMs = 200;

/** Upserts the products and the facilities; repeating it changes nothing. Rejects with PreparationRefusedError. */
export async function upsertCatalogue(
  gateway: GatewayClient,
  products: readonly CatalogueProduct[],
  currencyCode: string,
): Promise<void> {
  await upsert(gateway, 'upsertFacilities', 'FacilityInput', facilities);
  const inputs = products.map(({ sku, name, priceMicros }) => ({
    sku,
    name,
    unitPrice: { amount: amountOf(priceMicros, currencyCode), currencyCode },
  }));
  for (const chunk of chunksOf(inputs, maxProducts, maxChunkBytes)) {
    await upsert(gateway, 'upsertProducts', 'ProductInput', chunk);
  }
}

async function upsert(
  gateway: GatewayClient,
  mutation: string,
  type: string,
  input: readonly unknown[],
): Promise<void> {
  const query = `mutation Upsert($input: [${type}!]!) { payload: ${mutation}(input: $input) { problems { code message path } } }`;
  const { payload } = await gateway.request<{ payload: { problems: readonly Problem[] } }>(query, { input });
  if (payload.problems.length > 0)
    throw new PreparationRefusedError(`${mutation}: ${problemText(payload.problems)}`);
}

export const problemText = (problems: readonly Problem[]): string =>
  problems
    .map(({ code, message, path }) => `${code} ${message}${path === null ? '' : ` (${path.join('.')})`}`)
    .join('; ');

/** Rounded half up to the currency's minor unit, and at least one of it. */
export function amountOf(priceMicros: number, currencyCode: string): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode }).resolvedOptions()
    .maximumFractionDigits!;
  const scale = 10 ** (6 - digits);
  const minor = Math.max(1, Math.floor((priceMicros + scale / 2) / scale));
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

interface ProductPage {
  readonly products: {
    readonly edges: readonly {
      readonly node: { readonly sku: string; readonly orderPrice: { readonly amount: string } | null };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const productPage = `query Prices($after: String) {
  products(first: 200, after: $after) { edges { node { sku orderPrice { amount } } } pageInfo { hasNextPage endCursor } }
}`;

/** Waits until orders charges the upserted price for every product. Rejects with PreparationRefusedError after 120 s. */
export async function awaitOrderPrices(
  gateway: GatewayClient,
  products: readonly CatalogueProduct[],
  currencyCode: string,
): Promise<void> {
  const expected = new Map(
    products.map(({ sku, priceMicros }) => [sku, Number(amountOf(priceMicros, currencyCode))]),
  );
  const deadline = performance.now() + pricesDeadlineMs;
  let after: string | null = null;
  while (expected.size > 0) {
    const page: ProductPage['products'] = (await gateway.request<ProductPage>(productPage, { after }))
      .products;
    const waiting = page.edges.filter(({ node }) => {
      const price = expected.get(node.sku);
      return price !== undefined && Number(node.orderPrice?.amount ?? Number.NaN) !== price;
    });
    if (waiting.length > 0) {
      if (performance.now() > deadline) {
        throw new PreparationRefusedError(
          `orders has not heard the price of ${waiting[0]!.node.sku} within 120 s`,
        );
      }
      await sleep(pricesPollMs);
      continue;
    }
    for (const { node } of page.edges) expected.delete(node.sku);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  if (expected.size > 0)
    throw new PreparationRefusedError(`inventory does not list ${[...expected.keys()][0]}`);
}
