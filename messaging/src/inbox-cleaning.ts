import type { Logger } from 'pino';
import type { Database } from './database.ts';
import { describeError } from './errors.ts';
import { cleanInbox } from './inbox.ts';

const everyMs = 60 * 60_000;

/** Cleans the inbox once an hour; one that fails is tried again an hour later. `stop` waits for one that runs. */
export function startInboxCleaning(database: Database, log: Logger): { stop(): Promise<void> } {
  let cleaning: Promise<void> = Promise.resolve();
  const clean = async (): Promise<void> => {
    try {
      const removed = await cleanInbox(database);
      if (removed > 0) log.info({ event: 'inbox-cleaned', removed });
    } catch (error) {
      log.warn({ event: 'inbox-not-cleaned', error: describeError(error) });
    }
  };
  const timer = setInterval(() => {
    cleaning = clean();
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await cleaning;
    },
  };
}
