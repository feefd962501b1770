import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import type { Level } from '../domain/stock.ts';
import type { StockCommandEntity } from './entities.ts';

export interface DoneStockCommand {
  readonly contentHash: Buffer;
  readonly levels: readonly Level[];
}

/**
 * Claims a key for this transaction; a second claim waits until the first has ended. Null when the key is claimed now,
 * else what was done under it.
 */
export async function claimStockCommand(
  tx: Tx,
  idempotencyKey: string,
  contentHash: Buffer,
): Promise<DoneStockCommand | null> {
  const claimed = await sql`
    insert into stock_command (idempotency_key, content_hash, levels, done_at)
    values (${idempotencyKey}, ${contentHash}, '[]', clock_timestamp())
    on conflict do nothing returning 1 as one`.execute(tx);
  if (claimed.rows.length > 0) return null;
  const { rows } = await sql<Pick<RowOf<typeof StockCommandEntity>, 'content_hash' | 'levels'>>`
    select content_hash, levels from stock_command where idempotency_key = ${idempotencyKey}`.execute(tx);
  const { content_hash, levels } = rows[0]!;
  return { contentHash: content_hash, levels };
}

/** Stores the answer of a command whose key this transaction has claimed. */
export const recordStockCommand = (
  tx: Tx,
  idempotencyKey: string,
  levels: readonly Level[],
  doneAt: Date,
): Promise<unknown> =>
  sql`update stock_command set levels = ${JSON.stringify(levels)}::json, done_at = ${doneAt.toISOString()}::timestamptz
      where idempotency_key = ${idempotencyKey}`.execute(tx);

/** The database's clock, in whole milliseconds. */
export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`
    select date_trunc('milliseconds', clock_timestamp()) as now`.execute(tx);
  return rows[0]!.now;
}
