import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { Level, LevelKey, Zone } from '../domain/stock.ts';
import { columnsOf } from '../store/columns.ts';
import { dueUnits, seenReserved, seenVersion } from '../store/due-holds.ts';

/** A level as it can be promised from now: units of due holds are not reserved, and its version counts them as released. */
const columns = sql`
  sku, facility_id as "facilityId", zone, on_hand as "onHand", ${seenReserved} as reserved, ${seenVersion} as version`;

/** The levels of SKUs, by facility, PRIMARY first. */
export async function readStockOfProducts(tx: Tx, skus: readonly string[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select ${columns} from stock_level left join ${dueUnits(sql`sku = any(${skus}::text[])`)} using (sku, facility_id, zone)
    where sku = any(${skus}::text[])
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
    select ${columns} from unnest(${facilityIds}::text[]) with ordinality as asked (id, place)
    cross join lateral (
      select * from stock_level where facility_id = asked.id ${keyset}
      order by sku, zone desc limit ${limit}
    ) as stock_level
    left join ${dueUnits(sql`facility_id = any(${facilityIds}::text[])`)} using (sku, facility_id, zone)
    order by place, sku, zone desc`.execute(tx);
  return rows;
}

/** Levels by their keys, in no order. */
export async function readStockLevels(tx: Tx, keys: readonly LevelKey[]): Promise<Level[]> {
  const column = columnsOf(keys);
  const skus = [...new Set(column(({ sku }) => sku))];
  const { rows } = await sql<Level>`
    select ${columns} from stock_level left join ${dueUnits(sql`sku = any(${skus}::text[])`)} using (sku, facility_id, zone)
    where (sku, facility_id, zone) in (
      select * from unnest(${column(({ sku }) => sku)}::text[], ${column(({ facilityId }) => facilityId)}::text[],
                           ${column(({ zone }) => zone)}::text[]))`.execute(tx);
  return rows;
}
