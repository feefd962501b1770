import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import type { Database } from './database.ts';
import type { FactOfType } from './facts.ts';
import { newEventId } from './journal.ts';
import { messagingHistorySchema, messagingSchema } from './schema.ts';

export { asUser, withUsers } from './nats-users-workbench.ts';
export { rightsUsedIn } from './rights-used.ts';

export interface TestDatabase extends Database {
  close(): Promise<void>;
}

/** A pool on the database at `url`, with the time limits that services set on their connections. It survives restarts of the server. */
export function openTestDatabase(url: string): TestDatabase {
  const pool = new Pool({
    connectionString: url,
    max: 8,
    options: '-c lock_timeout=5s -c statement_timeout=5s -c idle_in_transaction_session_timeout=5s',
  });
  // Without listeners a connection that dies while idle, or between two statements of a transaction, would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const read = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    url,
    read,
    transaction: (work) => read.transaction().setIsolationLevel('read committed').execute(work),
    close: () => read.destroy(),
  };
}

/** As `openTestDatabase`, and creates the messaging tables in it first. */
export async function createTestDatabase(url: string): Promise<TestDatabase> {
  const database = openTestDatabase(url);
  await database.transaction(async (tx) => {
    for (const statement of [...messagingSchema, ...messagingHistorySchema])
      await tx.executeQuery(CompiledQuery.raw(statement));
  });
  return database;
}

/** Polls until `condition` holds and returns what it gave; throws, naming `what`, when it does not within `deadlineMs` (15,000). */
export async function waitFor<Value>(
  what: string,
  condition: () => Promise<Value | false | null | undefined> | Value | false | null | undefined,
  deadlineMs = 15_000,
): Promise<Value> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`${what}: not so within ${deadlineMs} ms`);
    await delay(20);
  }
}

/** An order's first fact, of one line. */
export function anOrderPlaced(
  overrides: Partial<FactOfType<'OrderPlaced'>['data']> = {},
): FactOfType<'OrderPlaced'> {
  return {
    ...envelopeFields(),
    type: 'OrderPlaced',
    data: {
      orderId: newEventId(),
      version: 1,
      from: null,
      to: 'PENDING',
      customerId: 'customer-1',
      reference: null,
      destination: { country: 'GB', latitude: 52.63, longitude: -1.13 },
      total: { amount: '12.50', currencyCode: 'GBP' },
      lines: [{ sku: 'TEA-LIGHT', quantity: 2 }],
      ...overrides,
    },
  };
}

/** A fact of an order at any version; small, and handled by no decision, so that many make a long history of one order. */
export function anOrderShipping(orderId: string, version: number): FactOfType<'OrderShipping'> {
  return {
    ...envelopeFields(),
    type: 'OrderShipping',
    data: { orderId, version, from: 'RESERVED', to: 'SHIPPING' },
  };
}

/** What an operator or customer states when an order ends early. */
export function anOrderCancelled(orderId: string, version = 2): FactOfType<'OrderCancelled'> {
  return {
    ...envelopeFields(),
    type: 'OrderCancelled',
    data: { orderId, version, from: 'PENDING', to: 'CANCELLED', code: 'CUSTOMER', reason: null },
  };
}

/** Inventory's yes to an order. */
export function aStockReserved(orderId: string, version = 1): FactOfType<'StockReserved'> {
  const decidedAt = new Date().toISOString();
  return {
    ...envelopeFields(),
    type: 'StockReserved',
    data: { orderId, version, decidedAt, expiresAt: null, facilityCount: 1 },
  };
}

const envelopeFields = () => ({
  eventId: newEventId(),
  occurredAt: new Date(),
  correlationId: randomUUID(),
  causationId: null,
  traceparent: null,
});
