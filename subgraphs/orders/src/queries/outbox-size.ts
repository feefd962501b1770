import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';

/** How many facts wait to be published, counted no further than `limit`. */
export async function countUnpublished(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from (select 1 from outbox where sequence is null limit ${limit}) as waiting`.execute(tx);
  return rows[0]?.count ?? 0;
}
