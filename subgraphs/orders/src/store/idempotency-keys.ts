import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql } from 'kysely';
import type { IdempotencyKeyEntity } from './entities.ts';

/** A customer's name for one command, for good. */
export interface IdempotencyKey {
  readonly customerId: string;
  readonly key: string;
}

export interface StoredKey extends IdempotencyKey {
  /** SHA-256 of the command's content. */
  readonly contentHash: Buffer;
  /** The order that was placed under it. */
  readonly orderId: string;
}

/**
 * Stores the keys that are not stored yet and returns their orders' ids. Waits for another transaction that is storing
 * the same key; keys are inserted in one order, so that two such transactions do not deadlock.
 */
export async function claimKeys(tx: Tx, keys: readonly StoredKey[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ order_id: string }>`
    insert into idempotency_key (customer_id, key, content_hash, order_id)
    select customer_id, key, content_hash, order_id
    from unnest(${keys.map(({ customerId }) => customerId)}::text[], ${keys.map(({ key }) => key)}::text[],
                ${keys.map(({ contentHash }) => contentHash)}::bytea[], ${keys.map(({ orderId }) => orderId)}::uuid[])
      as claim (customer_id, key, content_hash, order_id)
    order by customer_id collate "C", key collate "C"
    on conflict do nothing
    returning order_id`.execute(tx);
  return new Set(rows.map((row) => row.order_id));
}

/** Those of the keys that are stored. After `claimKeys`, as a statement of its own, it sees who won a conflict. */
export async function findKeys(tx: Tx, keys: readonly IdempotencyKey[]): Promise<readonly StoredKey[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<RowOf<typeof IdempotencyKeyEntity>>`
    select stored.customer_id, stored.key, stored.content_hash, stored.order_id
    from unnest(${keys.map(({ customerId }) => customerId)}::text[], ${keys.map(({ key }) => key)}::text[])
      as asked (customer_id, key)
    join idempotency_key stored on stored.customer_id = asked.customer_id and stored.key = asked.key`.execute(
    tx,
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    key: row.key,
    contentHash: row.content_hash,
    orderId: row.order_id,
  }));
}
