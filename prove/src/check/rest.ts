import type { JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { SnapshotRows } from './snapshot-rows.ts';

export interface Sources {
  readonly orders: pg.Client;
  readonly inventory: pg.Client;
  readonly manager: JetStreamManager;
}

/** Every durable consumer and the stream it reads. */
export const durableConsumers = {
  'inventory-orders': 'ORDERS',
  'orders-reservations': 'INVENTORY',
  'orders-catalogue': 'INVENTORY',
} as const;

const pollMs = 250;
/** Two readings are needed: between two tables something under way may be seen in neither. */
const quietReadings = 2;

/**
 * Waits until nothing is under way: no unpublished fact, no undelivered or unacknowledged message, no order that waits for
 * its decision, no hold that is due or becomes due in the time. Resolves with what still is after `withinMs`.
 */
export async function waitForRest(
  sources: Sources,
  withinMs: number,
): Promise<Omit<SnapshotRows['rest'], 'inventoryNowMs'>> {
  const beganAtMs = performance.now();
  for (let quiet = 0; ;) {
    const leftMs = Math.max(0, withinMs - (performance.now() - beganAtMs));
    const waiting = await underWay(sources, leftMs);
    quiet = waiting.length === 0 ? quiet + 1 : 0;
    if (quiet === quietReadings || leftMs === 0) {
      const tookMs = Math.round(performance.now() - beganAtMs);
      return { isAtRest: waiting.length === 0, tookMs, withinMs, waiting };
    }
    await sleep(pollMs);
  }
}

async function underWay({ orders, inventory, manager }: Sources, leftMs: number): Promise<string[]> {
  const count = async (database: pg.Client, sql: string, parameters: unknown[] = []): Promise<number> =>
    Number((await database.query<{ count: string }>(sql, parameters)).rows[0]!.count);
  const unpublished = 'select count(*) from outbox where sequence is null';
  const counts: [number | null, string][] = [
    [await count(orders, unpublished), 'facts of orders not published'],
    [await count(orders, `select count(*) from orders where status = 'PENDING'`), 'PENDING orders'],
    [await count(inventory, unpublished), 'facts of inventory not published'],
    [
      await count(
        inventory,
        `select count(*) from reservation
         where status = 'HELD' and expires_at < now() + $1::float8 * interval '1 millisecond'`,
        [leftMs],
      ),
      'holds neither confirmed nor ended',
    ],
  ];
  for (const consumer of await consumerStates(manager)) {
    const { name, pending, ackPending } = consumer;
    if (pending === null || ackPending === null) counts.push([null, `no consumer ${name}`]);
    else counts.push([pending + ackPending, `messages not handled by ${name}`]);
  }
  return counts
    .filter(([number]) => number !== 0)
    .map(([number, what]) => (number === null ? what : `${number} ${what}`));
}

export const consumerStates = (manager: JetStreamManager): Promise<SnapshotRows['consumers'][]> =>
  Promise.all(
    Object.entries(durableConsumers).map(async ([name, stream]) => {
      try {
        const { num_pending, num_ack_pending } = await manager.consumers.info(stream, name);
        return { name, pending: num_pending, ackPending: num_ack_pending };
      } catch (error) {
        if (!isNotFound(error)) throw error;
        return { name, pending: null, ackPending: null };
      }
    }),
  );

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ConsumerNotFoundError' || error.name === 'StreamNotFoundError');
