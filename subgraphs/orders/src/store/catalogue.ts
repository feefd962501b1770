import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';

/** A product as inventory listed it. */
export interface ListedProduct {
  readonly sku: string;
  readonly unitPriceMinor: bigint;
  readonly currencyCode: string;
  /** The product's version in inventory: of two listings the higher one is newer. */
  readonly version: number;
}

/** Copies listings, each SKU once; one that is not newer than what is known changes nothing. */
export async function saveProducts(tx: Tx, products: readonly ListedProduct[]): Promise<void> {
  await sql`
    insert into catalogue_product (sku, unit_price_minor, currency_code, version)
    select sku, unit_price_minor, currency_code, version
    from unnest(${products.map(({ sku }) => sku)}::text[],
                ${products.map(({ unitPriceMinor }) => String(unitPriceMinor))}::bigint[],
                ${products.map(({ currencyCode }) => currencyCode)}::text[],
                ${products.map(({ version }) => version)}::integer[])
      as listed (sku, unit_price_minor, currency_code, version)
    order by sku collate "C"
    on conflict (sku) do update
      set unit_price_minor = excluded.unit_price_minor, currency_code = excluded.currency_code, version = excluded.version
      where catalogue_product.version < excluded.version`.execute(tx);
}

/** Prices of those of the SKUs that are listed in the currency, in minor units by SKU. */
export async function readPrices(
  tx: Tx,
  skus: readonly string[],
  currencyCode: string,
): Promise<ReadonlyMap<string, bigint>> {
  // PostgreSQL's text cannot hold U+0000, so no listed SKU does.
  const askable = [...new Set(skus)].filter((sku) => !sku.includes('\0'));
  const { rows } = await sql<{ sku: string; unit_price_minor: string }>`
    select sku, unit_price_minor from catalogue_product
    where sku = any(${askable}::text[]) and currency_code = ${currencyCode}`.execute(tx);
  return new Map(rows.map((row) => [row.sku, BigInt(row.unit_price_minor)]));
}
