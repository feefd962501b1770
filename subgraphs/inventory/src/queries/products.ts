import type { Tx } from '@holdfast/messaging';
import { fromMinorUnits } from '@holdfast/service';
import { sql } from 'kysely';

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: { readonly amount: string; readonly currencyCode: string };
}

interface ProductRow {
  readonly sku: string;
  readonly name: string;
  readonly unit_price_minor: string;
  readonly currency_code: string;
}

const toProductView = ({ sku, name, unit_price_minor, currency_code }: ProductRow): ProductView => ({
  sku,
  name,
  unitPrice: {
    amount: fromMinorUnits(BigInt(unit_price_minor), currency_code),
    currencyCode: currency_code,
  },
});

export async function readProducts(tx: Tx, skus: readonly string[]): Promise<Map<string, ProductView>> {
  const { rows } = await sql<ProductRow>`
    select sku, name, unit_price_minor, currency_code from product
    where sku = any(${skus}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.sku, toProductView(row)]));
}

export interface ProductsPage {
  /** Null for all products. */
  readonly search: string | null;
  /** The last SKU of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** Products in the order of their SKUs. */
export async function readProductsPage(tx: Tx, page: ProductsPage): Promise<ProductView[]> {
  const pattern = page.search === null ? null : likePattern(page.search);
  const { rows } = await sql<ProductRow>`
    select sku, name, unit_price_minor, currency_code from product
    where sku > ${page.after ?? ''}
      ${pattern === null ? sql`` : sql`and (sku ilike ${pattern} or name ilike ${pattern})`}
    order by sku limit ${page.limit}`.execute(tx);
  return rows.map(toProductView);
}

/** The trigram index helps to find three characters anywhere, but fewer only at the beginning. */
const likePattern = (search: string): string =>
  `${search.length < 3 ? '' : '%'}${search.replace(/[\\%_]/g, '\\$&')}%`;
