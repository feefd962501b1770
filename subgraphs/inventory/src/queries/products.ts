import type { Tx } from '@holdfast/messaging';
import { fromMinorUnits, type RowOf } from '@holdfast/service';
import { sql, type RawBuilder } from 'kysely';
import type { ProductEntity } from '../store/entities.ts';

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: { readonly amount: string; readonly currencyCode: string };
}

type ProductRow = Omit<RowOf<typeof ProductEntity>, 'version'>;

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
  const { rows } = await sql<ProductRow>`
    select sku, name, unit_price_minor, currency_code from product
    where sku > ${page.after ?? ''} ${page.search === null ? sql`` : sql`and ${matches(page.search)}`}
    order by sku limit ${page.limit}`.execute(tx);
  return rows.map(toProductView);
}

/**
 * Whether SKU or name hold a text, in a way that an index can tell: three letters or digits in a row are found anywhere,
 * fewer at the beginning, and signs alone at the beginning of a SKU.
 */
function matches(search: string): RawBuilder<unknown> {
  const literal = search.replace(/[\\%_]/g, '\\$&');
  if (!/[\p{L}\p{N}]/u.test(search)) return sql`sku like ${`${literal}%`}`;
  const pattern = /[\p{L}\p{N}]{3}/u.test(search) ? `%${literal}%` : `${literal}%`;
  return sql`(sku ilike ${pattern} or name ilike ${pattern})`;
}
