import { openDatabase, type Logger, type ServiceDatabase } from '@holdfast/service';
import { migrations } from '../../migrations/migrations.ts';

/** Opens the orders database and brings its schema up to date; rejects when it does not answer for a minute. */
export async function openOrdersDatabase(url: string, log: Logger): Promise<ServiceDatabase> {
  const opened = await openDatabase({ url, entities: [], migrations, log });
  const { read } = opened.database;
  // A transaction that Kysely runs gives its connection back also when its begin or rollback finds the connection dead.
  const database = {
    ...opened.database,
    transaction: <Result>(work: (tx: typeof read) => Promise<Result>) => read.transaction().execute(work),
  };
  return { ...opened, database };
}
