import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import { dueUnits, seenReserved, seenVersion } from '../store/due-holds.ts';

export interface Availability {
  /** On hand less reserved, over all facilities; units of a hold that is due are not reserved. */
  readonly available: number;
  /**
   * The sum of the levels' versions as they are read: it grows with every change of any of them that a reading can show,
   * also at the instant at which a hold becomes due. Of two readings the one with the higher is newer.
   */
  readonly availableVersion: number;
}

/** Of each SKU that has levels; sums above 2,147,483,647 read as that. */
export async function readAvailability(tx: Tx, skus: readonly string[]): Promise<Map<string, Availability>> {
  const { rows } = await sql<{ sku: string; available: number; available_version: number }>`
    select sku, least(sum(on_hand - ${seenReserved}), 2147483647)::integer as available,
           least(sum(${seenVersion}), 2147483647)::integer as available_version
    from stock_level left join ${dueUnits(sql`sku = any(${skus}::text[])`)} using (sku, facility_id, zone)
    where sku = any(${skus}::text[]) group by sku`.execute(tx);
  return new Map(
    rows.map(({ sku, available, available_version }) => [
      sku,
      { available, availableVersion: available_version },
    ]),
  );
}
