import type { BatchHandlers } from './batch-handler.ts';
import type { Database, Tx } from './database.ts';
import { describeError, saysServerAway } from './errors.ts';
import { enterInbox } from './inbox.ts';
import { readParked } from './message-content.ts';
import {
  closeRedriven,
  isUuid,
  lockParked,
  notParked,
  type ParkedProblem,
  type ParkedResult,
} from './parked.ts';
import type { ConsumerName } from './topology.ts';

/**
 * Runs the handlers on parked messages, each in one transaction of its own: the row locked, the inbox, the handler and
 * the row closed with who and when. Safe to repeat and to ask twice at once. One that was applied meanwhile changes
 * nothing and is closed; one that fails again stays open and is named in the problems. Rejects when the database is away.
 */
export async function redriveParked(
  database: Database,
  handlers: BatchHandlers,
  ids: readonly string[],
  by: string,
): Promise<ParkedResult> {
  let changed = 0;
  const alreadyHandled: string[] = [];
  const problems: ParkedProblem[] = [];
  for (const id of new Set(ids)) {
    const outcome = isUuid(id) ? await redriveOne(database, handlers, id, by) : notParked(id);
    if (typeof outcome === 'object') problems.push(outcome);
    else changed += 1;
    if (outcome === 'ALREADY_HANDLED') alreadyHandled.push(id);
  }
  return { changed, alreadyHandled, problems };
}

/** How the row of a message was closed, or why it was not. */
type Outcome = 'HANDLED' | 'ALREADY_HANDLED' | ParkedProblem;

async function redriveOne(
  database: Database,
  handlers: BatchHandlers,
  id: string,
  by: string,
): Promise<Outcome> {
  try {
    return await database.transaction((tx) => redriveIn(tx, handlers, id, by));
  } catch (error) {
    if (saysServerAway(error)) throw error;
    return stillFailing(id, describeError(error));
  }
}

async function redriveIn(tx: Tx, handlers: BatchHandlers, id: string, by: string): Promise<Outcome> {
  const parked = await lockParked(tx, id);
  if (parked === null) return notParked(id);
  // A row that was parked by a consumer of an earlier release has no handler any more.
  const handler = handlers[parked.consumer as ConsumerName];
  if (handler === undefined) return stillFailing(id, `no consumer ${parked.consumer} runs in this service`);
  const content = readParked(parked.consumer as ConsumerName, parked);
  if (content.kind === 'unreadable') return stillFailing(id, content.reason);
  let outcome: Outcome = 'HANDLED';
  if (content.kind === 'fact') {
    const entered = await enterInbox(tx, parked.consumer, [{ eventId: content.fact.eventId, message: null }]);
    if (entered.size > 0) await handler(tx, [content.fact]);
    else outcome = 'ALREADY_HANDLED';
  }
  await closeRedriven(tx, id, by);
  return outcome;
}

const stillFailing = (id: string, reason: string): ParkedProblem => ({
  code: 'STILL_FAILING',
  message: `Parked message ${id} stays parked: ${reason}`,
  path: null,
});
