import type { Kysely } from 'kysely';

/** A connection inside a transaction, or one for reads outside of any; statements are written with kysely's `sql` tag. */
export type Tx = Kysely<unknown>;

/** A service's own PostgreSQL database. */
export interface Database {
  /** Runs `work` in one READ COMMITTED transaction; commits when it resolves, rolls back and rejects when it rejects. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** For single statements outside a transaction. */
  readonly read: Tx;
  /** For the one connection that LISTENs. */
  readonly url: string;
}
