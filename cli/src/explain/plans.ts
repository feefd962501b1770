import type { Books } from '../reconcile/books.ts';

/** The part of EXPLAIN's JSON that is looked at. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Tables with more rows must not be read from end to end. */
export const maxScannedRows = 10_000;

/** The plan of a statement whatever its parameters; null when this database does not have what the statement names. */
export async function genericPlan(books: Books, statement: string): Promise<PlanNode | null> {
  try {
    const [row] = await books.rows<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (generic_plan, format json) ${statement}`,
    );
    return row!['QUERY PLAN'][0]!.Plan;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42703'))
      return null;
    throw error;
  }
}

/** The large tables that a plan reads from end to end. */
export function largeScans(plan: PlanNode, rowsOf: ReadonlyMap<string, number>): string[] {
  const below = (plan.Plans ?? []).flatMap((child) => largeScans(child, rowsOf));
  const table = plan['Relation Name'];
  if (table === undefined || !plan['Node Type'].includes('Seq Scan')) return below;
  return (rowsOf.get(table) ?? 0) > maxScannedRows ? [table, ...below] : below;
}

/** Rows of each table as the planner knows them. */
export async function tableRows(books: Books): Promise<ReadonlyMap<string, number>> {
  const rows = await books.rows<{ name: string; count: number }>(
    `select relname as name, reltuples::float8 as count from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
}
