/**
 * A service in small that ends itself at a fault point: `fault-point.ts <database url> <nats url> <fault point as JSON>`. States
 * one fact after the other by commands, publishes and applies it, all in one database.
 */
import { sql } from 'kysely';
import { pino } from 'pino';
import { applyFacts } from '../src/consumer-workbench.ts';
import { armFaultPoint, commandTransaction, type FaultPoint } from '../src/fault-points.ts';
import { appendFacts } from '../src/journal.ts';
import { startMessaging } from '../src/runtime.ts';
import { anOrderPlaced, openTestDatabase, waitFor } from '../src/testing.ts';

const [databaseUrl, natsUrl, point] = process.argv.slice(2);
const database = openTestDatabase(databaseUrl!);
armFaultPoint(JSON.parse(point!) as FaultPoint | null);
const messaging = startMessaging({
  context: 'orders',
  database,
  nats: { url: natsUrl! },
  log: pino({ level: 'silent' }),
  handlers: { 'inventory-orders': applyFacts },
});
for (;;) {
  await commandTransaction(database, (tx) => appendFacts(tx, [anOrderPlaced()]));
  messaging.wake();
  // The next one waits, so that every fact is published, marked and applied by itself.
  await waitFor('it is marked and applied', isDone);
}

async function isDone(): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select (select count(*) from journal) = (select count(sequence) from outbox)
       and (select count(*) from journal) = (select count(*) from applied) as done`.execute(database.read);
  return rows[0]!.done;
}
