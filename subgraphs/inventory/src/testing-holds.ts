import type { Database } from '@holdfast/messaging';
import type { EntityDatabase } from '@holdfast/service';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { confirmOrder, extendHold } from './commands/change-hold.ts';
import { expireHolds } from './commands/expire-holds.ts';
import { handleOrderFacts } from './consumers/order-facts.ts';
import { anOrderPlaced, deliver, emptyTables, endHolds, readBooks, seedStock } from './testing.ts';

export const hour = 3_600_000;

const aRequest = (orderId: string) => ({
  orderId,
  customerId: null,
  correlationId: randomUUID(),
  traceparent: null,
});

/** What tests of holds do with a database, which is opened later; a new reservation is held for an hour. */
export const holdTools = (database: () => EntityDatabase) => {
  const handle = (...facts: Parameters<typeof deliver>[2]): Promise<void> =>
    deliver(
      database(),
      handleOrderFacts(() => {}, hour),
      facts,
    );
  return {
    handle,
    sweep: (limit = 100) => expireHolds(database(), { limit, except: [] }),
    confirm: (orderId: string) => confirmOrder(database(), aRequest(orderId)),
    extend: (orderId: string, minutes: number) => extendHold(database(), aRequest(orderId), minutes),
    statusesOf: async (...orderIds: string[]) => {
      const { statuses } = await readBooks(database());
      return orderIds.map((id) => statuses[id]);
    },
    typesOf: async (orderId: string) =>
      (await readBooks(database())).stated
        .filter(({ aggregateId }) => aggregateId === orderId)
        .map(({ type }) => type),
    /** Orders that are held, each until so many milliseconds from now. */
    held: async (inMs: number, ...lines: Readonly<Record<string, number>>[]): Promise<string[]> => {
      const orders = lines.map((each) => anOrderPlaced(each));
      await handle(...orders);
      const orderIds = orders.map(({ data }) => data.orderId);
      await endHolds(database(), orderIds, inMs);
      return orderIds;
    },
    isWaitingForLock: async (): Promise<boolean> =>
      (await sql`select from pg_locks where not granted`.execute(database().read)).rows.length > 0,
  };
};

/** Ten units of A at two facilities, in both zones of the first, and four of B at the second; nothing else. */
export async function seedForHolds(database: Database): Promise<void> {
  await emptyTables(database);
  await seedStock(database, [
    { sku: 'A', facilityId: 'f1', onHand: 5 },
    { sku: 'A', facilityId: 'f1', zone: 'BACK', onHand: 2 },
    { sku: 'A', facilityId: 'f2', onHand: 3 },
    { sku: 'B', facilityId: 'f2', onHand: 4 },
  ]);
}
