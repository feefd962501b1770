import pg from 'pg';

/** One service's database, open for checks on one connection; statements end after ten minutes. */
export interface Books {
  rows<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The one number of a statement that gives one row with a column `count`. */
  count(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** Rows of a statement as they come, a few thousand in memory at a time; only inside `snapshot`. */
  stream<Row extends object>(sql: string): AsyncGenerator<Row>;
  /** Runs `work` on one unchanging state of the database. */
  snapshot<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const statementTimeoutMs = 600_000;
const connectTimeoutMs = 10_000;
const rowsAtOnce = 5_000;

/** Rejects when the database cannot be reached. */
export async function openBooks(url: string): Promise<Books> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'holdfast-reconcile',
    statement_timeout: statementTimeoutMs,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  client.on('error', () => undefined); // A lost connection rejects the statement under way, too.
  await client.connect();
  let cursors = 0;

  const rows = async <Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    (await client.query<Row>(sql, [...parameters])).rows;

  return {
    rows,
    async count(sql, parameters) {
      return Number((await rows<{ count: string }>(sql, parameters))[0]!.count);
    },
    async *stream<Row extends object>(sql: string) {
      const name = `reconcile_${(cursors += 1)}`;
      await client.query(`declare ${name} no scroll cursor for ${sql}`);
      for (;;) {
        const batch = await rows<Row>(`fetch ${rowsAtOnce} from ${name}`);
        yield* batch;
        if (batch.length < rowsAtOnce) break;
      }
      await client.query(`close ${name}`);
    },
    async snapshot(work) {
      await client.query('begin isolation level repeatable read read only');
      try {
        return await work();
      } finally {
        await client.query('rollback');
      }
    },
    close: () => client.end(),
  };
}
