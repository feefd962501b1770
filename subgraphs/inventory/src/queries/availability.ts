import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';

export interface Availability {
  /** On hand less reserved, over all facilities. */
  readonly available: number;
  /** The sum of the levels' versions: it grows with every change of any of them. */
  readonly availableVersion: number;
}

/** Of each SKU that has levels; sums above 2,147,483,647 read as that. */
export async function readAvailability(tx: Tx, skus: readonly string[]): Promise<Map<string, Availability>> {
  const { rows } = await sql<{ sku: string; available: number; available_version: number }>`
    select sku, least(sum(on_hand - reserved), 2147483647)::integer as available,
           least(sum(version), 2147483647)::integer as available_version
    from stock_level where sku = any(${skus}::text[]) group by sku`.execute(tx);
  return new Map(
    rows.map(({ sku, available, available_version }) => [
      sku,
      { available, availableVersion: available_version },
    ]),
  );
}
