import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import { dueUnits, seenReserved } from '../store/due-holds.ts';

/** Over all levels of a facility, due holds not reserved; sums above 2,147,483,647 read as that. */
export interface FacilityTotals {
  readonly levels: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

/**
 * Of each facility that has levels, by id, in one statement. It goes over the levels of a few facilities by index, and
 * over all levels once when nearly all facilities are asked for: each facility by itself would cost that once a facility.
 */
export async function readFacilityTotals(
  tx: Tx,
  facilityIds: readonly string[],
): Promise<ReadonlyMap<string, FacilityTotals>> {
  const { rows } = await sql<FacilityTotals & { facilityId: string }>`
    select facility_id as "facilityId", least(count(*), 2147483647)::integer as levels,
           least(sum(on_hand), 2147483647)::integer as "onHand",
           least(sum(${seenReserved}), 2147483647)::integer as reserved,
           least(sum(on_hand - ${seenReserved}), 2147483647)::integer as available
    from stock_level left join ${dueUnits(sql`facility_id = any(${facilityIds}::text[])`)} using (sku, facility_id, zone)
    where facility_id = any(${facilityIds}::text[]) group by facility_id`.execute(tx);
  return new Map(rows.map(({ facilityId, ...totals }) => [facilityId, totals]));
}
