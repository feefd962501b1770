import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import { columnsOf } from './columns.ts';
import type { ProductEntity } from './entities.ts';

export interface ListedProduct {
  readonly sku: string;
  readonly name: string;
  readonly unitPriceMinor: bigint;
  readonly currencyCode: string;
}

export interface ProductVersion extends ListedProduct {
  /** 1 when first listed, one more with each change. */
  readonly version: number;
}

/** Creates or replaces products, in the order of their SKUs; returns, as stored, those that are new or changed. */
export async function upsertProductRows(
  tx: Tx,
  products: readonly ListedProduct[],
): Promise<ProductVersion[]> {
  const column = columnsOf(products);
  const { rows } = await sql<RowOf<typeof ProductEntity>>`
    insert into product as stored (sku, name, unit_price_minor, currency_code, version)
    select sku, name, unit_price_minor, currency_code, 1
    from unnest(${column(({ sku }) => sku)}::text[],
                ${column(({ name }) => name)}::text[],
                ${column(({ unitPriceMinor }) => String(unitPriceMinor))}::bigint[],
                ${column(({ currencyCode }) => currencyCode)}::text[]) as given (sku, name, unit_price_minor, currency_code)
    order by sku collate "C"
    on conflict (sku) do update set
      name = excluded.name, unit_price_minor = excluded.unit_price_minor,
      currency_code = excluded.currency_code, version = stored.version + 1
    where (stored.name, stored.unit_price_minor, stored.currency_code)
      is distinct from (excluded.name, excluded.unit_price_minor, excluded.currency_code)
    returning sku, name, unit_price_minor, currency_code, version`.execute(tx);
  return rows.map((row) => ({
    sku: row.sku,
    name: row.name,
    unitPriceMinor: BigInt(row.unit_price_minor),
    currencyCode: row.currency_code,
    version: row.version,
  }));
}

/** Those of the SKUs that are no product. */
export async function unknownSkus(tx: Tx, skus: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ sku: string }>`
    select sku from unnest(${[...new Set(skus)]}::text[]) as asked (sku)
    where (select true from product where product.sku = asked.sku) is null`.execute(tx);
  return new Set(rows.map(({ sku }) => sku));
}
