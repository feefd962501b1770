import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { Level, Zone } from '../domain/stock.ts';

const columns = sql.raw('sku, facility_id as "facilityId", zone, on_hand as "onHand", reserved, version');

/** The levels of SKUs, by facility, PRIMARY first. */
export async function readStockOfProducts(tx: Tx, skus: readonly string[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${columns} from stock_level where sku = any(${skus}::text[])
    order by sku, facility_id, zone desc`.execute(tx);
  return rows;
}

export interface FacilityStockPage {
  /** The last level of the page before; null for the first page. */
  readonly after: { readonly sku: string; readonly zone: Zone } | null;
  readonly limit: number;
}

/** One page of each facility's levels, by SKU, PRIMARY first. */
export async function readStockOfFacilities(
  tx: Tx,
  facilityIds: readonly string[],
  { after, limit }: FacilityStockPage,
): Promise<Level[]> {
  const keyset =
    after === null ? sql`` : sql`and sku >= ${after.sku} and (sku > ${after.sku} or zone < ${after.zone})`;
  const { rows } = await sql<Level>`
    select level.* from unnest(${facilityIds}::text[]) with ordinality as asked (id, place)
    cross join lateral (
      select ${columns} from stock_level where facility_id = asked.id ${keyset}
      order by sku, zone desc limit ${limit}
    ) as level
    order by place, sku, zone desc`.execute(tx);
  return rows;
}
