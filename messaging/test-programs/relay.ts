/**
 * A relay as a process of its own, to be killed or frozen by a test:
 * `relay.ts <context> <database url> <nats url> <settings as JSON>`. Logs JSON lines to stdout; SIGTERM stops it.
 */
import { pino } from 'pino';
import type { Context } from '../src/contracts/contracts.ts';
import { startRelay } from '../src/relay.ts';
import type { MessagingSettings } from '../src/settings.ts';
import { openTestDatabase } from '../src/testing.ts';

const [context, databaseUrl, natsUrl, settings] = process.argv.slice(2);
const database = openTestDatabase(databaseUrl!);
const relay = startRelay({
  context: context as Context,
  database,
  nats: { url: natsUrl! },
  log: pino({ level: 'debug' }),
  settings: JSON.parse(settings!) as Partial<MessagingSettings>,
});

process.once('SIGTERM', () => {
  void relay.stop().then(() => database.close());
});
