import { consumers, type ConsumerName } from '@holdfast/messaging';
import type { JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Books } from './books.ts';

/** What has not reached its end yet. */
export interface Backlog {
  /** Facts without a sequence in the stream. */
  readonly unpublished: number;
  /** Messages not delivered or not acknowledged, by consumer; null of a consumer that does not exist. */
  readonly undelivered: ReadonlyMap<ConsumerName, number | null>;
}

const pollMs = 200;

/** Two readings without a backlog are needed: between two tables a fact may be seen in neither. */
const quietReadings = 2;

/** Waits until nothing is on its way, or `settleMs`; resolves with what still is. */
export async function settle(
  orders: Books,
  inventory: Books,
  manager: JetStreamManager,
  settleMs: number,
): Promise<Backlog> {
  const deadline = performance.now() + settleMs;
  for (let quiet = 0; ;) {
    const backlog = await readBacklog(orders, inventory, manager);
    const isQuiet =
      backlog.unpublished === 0 && [...backlog.undelivered.values()].every((count) => count === 0);
    quiet = isQuiet ? quiet + 1 : 0;
    if (quiet === quietReadings || performance.now() > deadline) return backlog;
    await sleep(pollMs);
  }
}

async function readBacklog(orders: Books, inventory: Books, manager: JetStreamManager): Promise<Backlog> {
  let unpublished = 0;
  for (const books of [orders, inventory]) {
    unpublished += await books.count('select count(*) from outbox where sequence is null');
  }
  const undelivered = new Map<ConsumerName, number | null>();
  for (const [name, { stream }] of Object.entries(consumers) as [ConsumerName, { stream: string }][]) {
    undelivered.set(name, await backlogOf(manager, stream, name));
  }
  return { unpublished, undelivered };
}

async function backlogOf(
  manager: JetStreamManager,
  stream: string,
  consumer: string,
): Promise<number | null> {
  try {
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, consumer);
    return num_pending + num_ack_pending;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** A stream or a consumer does not exist. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ConsumerNotFoundError' || error.name === 'StreamNotFoundError');
