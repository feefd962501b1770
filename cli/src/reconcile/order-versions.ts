import type { Books } from './books.ts';
import { FindingList, type RuleReport } from './rule-report.ts';

/**
 * Rule 5, on orders' books: each order's facts carry versions 1, 2, 3 …, each fact begins in the state in which the one
 * before it ended, and the order stands where its last fact left it.
 */
export async function checkOrderVersions(orders: Books): Promise<RuleReport> {
  const violations = new FindingList();
  const [looked] = await orders.rows<{ orders: string; facts: string }>(`
    select (select count(*) from orders) as orders, (select count(*) from journal where aggregate = 'order') as facts`);
  violations.addRows(
    await orders.rows<{ id: string; what: string; total: string }>(`
      with fact as (
        select aggregate_id, version, data ->> 'from' as from_status, data ->> 'to' as to_status,
               row_number() over change as place, lag(data ->> 'to') over change as before,
               version = max(version) over (partition by aggregate_id) as is_last
        from journal where aggregate = 'order'
        window change as (partition by aggregate_id order by version)
      ), wrong as (
        select aggregate_id as id, 'its change number ' || place || ' carries version ' || version as what
        from fact where version <> place
        union all
        select aggregate_id, 'version ' || version || ' begins in ' || coalesce(from_status, 'nothing')
                             || ', the one before ended in ' || coalesce(before, 'nothing')
        from fact where version = place and from_status is distinct from before
        union all
        select coalesce(orders.id::text, last.aggregate_id),
               case when orders.id is null then 'has facts and no row'
                    when last.aggregate_id is null then 'has no fact in the journal'
                    else 'is ' || orders.status || ' version ' || orders.version || ', its last fact says '
                         || last.to_status || ' version ' || last.version end
        from orders full join (select * from fact where is_last) last on last.aggregate_id = orders.id::text
        where orders.id is null or last.aggregate_id is null
           or orders.version <> last.version or orders.status <> last.to_status
      )
      select id, what, count(*) over () as total from wrong order by id, what limit 10`),
    ({ id, what }) => `order ${id}: ${what}`,
  );
  return {
    rule: 5,
    claim: "an order's changes carry versions 1, 2, 3 … and it stands where the last one left it",
    looked: [
      { count: Number(looked!.orders), what: 'orders' },
      { count: Number(looked!.facts), what: 'facts' },
    ],
    violations,
    inFlight: new FindingList(),
  };
}
