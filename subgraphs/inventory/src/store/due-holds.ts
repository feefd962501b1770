import type { Tx } from '@holdfast/messaging';
import { sql, type RawBuilder } from 'kysely';

/*
 * A hold is due when its end is not after the database's clock; the units of a due hold are available, whether or not they
 * were released yet. Each statement here begins at the few holds that are due, by their own index, and looks into the
 * allocations of each by key: `limit` and `offset` keep the planner from turning that around.
 */

/** The orders whose holds are due and have units of any of the SKUs. Locks nothing: they may be confirmed or released by now. */
export async function findDueHolds(tx: Tx, skus: readonly string[]): Promise<string[]> {
  if (skus.length === 0) return [];
  const { rows } = await sql<{ order_id: string }>`
    select order_id from reservation
    cross join lateral (
      select from allocation where allocation.order_id = reservation.order_id and sku = any(${skus}::text[]) limit 1
    ) as touched
    where status = 'HELD' and expires_at <= statement_timestamp()`.execute(tx);
  return rows.map(({ order_id }) => order_id);
}

/**
 * A subquery `due (sku, facility_id, zone, units, holds)`: of each level that due holds have units of, how many units, and
 * of how many holds. A condition on `allocation` says which levels are looked at.
 */
export const dueUnits = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select held.sku, held.facility_id, held.zone, sum(held.quantity)::integer as units, count(*)::integer as holds
  from reservation
  cross join lateral (
    select sku, facility_id, zone, quantity from allocation
    where allocation.order_id = reservation.order_id and ${which} offset 0
  ) as held
  where reservation.status = 'HELD' and reservation.expires_at <= statement_timestamp()
  group by held.sku, held.facility_id, held.zone
) as due`;

/**
 * A level as readers see it, from `stock_level` left joined with `due`. A hold that becomes due counts in the version as
 * its release will: so the version grows when available does, and the release itself, which changes nothing that is seen,
 * does not raise it again.
 */
export const seenReserved = sql.raw('(stock_level.reserved - coalesce(due.units, 0))');
export const seenVersion = sql.raw('(stock_level.version + coalesce(due.holds, 0))');
