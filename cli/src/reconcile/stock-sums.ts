import type { Books } from './books.ts';
import { FindingList, type RuleReport } from './rule-report.ts';

interface SumRow {
  readonly sku: string;
  readonly facility_id: string;
  readonly zone: string;
  readonly on_hand: string;
  readonly moved: string;
  readonly reserved: string;
  readonly allocated: string;
  readonly moved_reserved: string;
  readonly total: string;
}

/** Rule 3, on inventory's books. Movements or allocations of a level that has no row count as a level of 0. */
export async function checkStockSums(inventory: Books): Promise<RuleReport> {
  const violations = new FindingList();
  const looked = await inventory.rows<{ levels: string; movements: string; allocations: string }>(`
    select (select count(*) from stock_level) as levels, (select count(*) from stock_movement) as movements,
           (select count(*) from allocation) as allocations`);
  violations.addRows(
    await inventory.rows<SumRow>(`
      with moved as (
        select sku, facility_id, zone, sum(on_hand_change) as on_hand, sum(reserved_change) as reserved
        from stock_movement group by sku, facility_id, zone
      ), held as (
        select sku, facility_id, zone, sum(quantity) as reserved
        from allocation join reservation using (order_id)
        where reservation.status = 'HELD' group by sku, facility_id, zone
      ), compared as (
        select sku, facility_id, zone,
               coalesce(stock_level.on_hand, 0) as on_hand, coalesce(moved.on_hand, 0) as moved,
               coalesce(stock_level.reserved, 0) as reserved, coalesce(held.reserved, 0) as allocated,
               coalesce(moved.reserved, 0) as moved_reserved
        from stock_level
        full join moved using (sku, facility_id, zone)
        full join held using (sku, facility_id, zone)
      )
      select *, count(*) over () as total from compared
      where on_hand <> moved or reserved <> allocated or reserved <> moved_reserved
      order by sku, facility_id, zone limit 10`),
    (row) =>
      `${row.sku} at ${row.facility_id} ${row.zone}: on hand ${row.on_hand}, movements sum to ${row.moved}; ` +
      `reserved ${row.reserved}, HELD allocations sum to ${row.allocated}, movements to ${row.moved_reserved}`,
  );
  const { levels, movements, allocations } = looked[0]!;
  return {
    rule: 3,
    claim: 'on hand = sum of movements, reserved = sum of HELD allocations',
    looked: [
      { count: Number(levels), what: 'levels' },
      { count: Number(movements), what: 'movements' },
      { count: Number(allocations), what: 'allocations' },
    ],
    violations,
    inFlight: new FindingList(),
  };
}
