import type { Books } from './books.ts';
import { FindingList, type RuleReport } from './rule-report.ts';

interface LevelRow {
  readonly sku: string;
  readonly facility_id: string;
  readonly zone: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly total: string;
}

/** Rule 2, on inventory's books; that the database itself refuses worse is part of it. */
export async function checkStockWithinBounds(inventory: Books): Promise<RuleReport> {
  const violations = new FindingList();
  const levels = await inventory.count('select count(*) from stock_level');
  violations.addRows(
    await inventory.rows<LevelRow>(`
      select sku, facility_id, zone, on_hand, reserved, count(*) over () as total
      from stock_level where not (0 <= reserved and reserved <= on_hand)
      order by sku, facility_id, zone limit 10`),
    ({ sku, facility_id, zone, on_hand, reserved }) =>
      `${sku} at ${facility_id} ${zone}: on hand ${on_hand}, reserved ${reserved}`,
  );
  for (const bound of ['on_hand', 'reserved']) {
    const checks = await inventory.count(
      `select count(*) from pg_constraint
       where conrelid = 'stock_level'::regclass and contype = 'c' and convalidated and conenforced
         and pg_get_constraintdef(oid) ~ $1`,
      [`\\m${bound}\\M`],
    );
    if (checks === 0) violations.add(`stock_level has no CHECK on ${bound}`);
  }
  return {
    rule: 2,
    claim: '0 ≤ reserved ≤ on hand',
    looked: [{ count: levels, what: 'levels' }],
    violations,
    inFlight: new FindingList(),
  };
}
