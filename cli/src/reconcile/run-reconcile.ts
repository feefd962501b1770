import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { findRunningSystem } from '../running-system.ts';
import { openBooks, type Books } from './books.ts';
import { checkFactsDelivered } from './facts-delivered.ts';
import { checkOrderVersions } from './order-versions.ts';
import { checkOrdersAndReservations } from './orders-and-reservations.ts';
import { putBackLostFacts } from './put-back.ts';
import { reportLines, type RuleReport } from './rule-report.ts';
import { settle, type Backlog } from './settle.ts';
import { checkStockSums } from './stock-sums.ts';
import { checkStockWithinBounds } from './stock-within-bounds.ts';

export interface ReconcileOptions {
  /** How long facts may be on their way. */
  readonly settleMs: number;
  /** Facts that a stream lost are put back into the outbox first. */
  readonly isRepairing?: boolean;
  readonly print: (line: string) => void;
}

export interface BooksAddresses {
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
  readonly natsUrl: string;
}

/** The books cannot be looked at: nothing runs, or a server does not answer. */
export class ReconcileImpossibleError extends Error {
  override readonly name = 'ReconcileImpossibleError';
}

/** As `reconcile`, for the system that runs now. */
export function reconcileRunningSystem(env: NodeJS.ProcessEnv, options: ReconcileOptions): Promise<boolean> {
  const system = findRunningSystem(env);
  if (system === null) {
    throw new ReconcileImpossibleError(
      'nothing runs: start it with npm start, or set ORDERS_DATABASE_URL, INVENTORY_DATABASE_URL and NATS_URL',
    );
  }
  const { ordersDatabaseUrl, inventoryDatabaseUrl, natsUrl } = system;
  if (ordersDatabaseUrl === null || inventoryDatabaseUrl === null || natsUrl === null) {
    throw new ReconcileImpossibleError(
      'ORDERS_DATABASE_URL, INVENTORY_DATABASE_URL and NATS_URL are needed together',
    );
  }
  return reconcile({ ordersDatabaseUrl, inventoryDatabaseUrl, natsUrl }, options);
}

/**
 * Checks rules 2 to 6 over both databases and the streams, and prints each with what was looked at. Resolves with
 * whether all hold. Changes nothing unless it is to repair. Rejects with ReconcileImpossibleError when a database or NATS does not answer.
 */
export async function reconcile(addresses: BooksAddresses, options: ReconcileOptions): Promise<boolean> {
  const opened = await openAll(addresses);
  const { orders, inventory, nats } = opened;
  try {
    const manager = await jetstreamManager(nats);
    if (options.isRepairing === true) await repair({ orders, inventory }, nats, manager, options);
    const beganAtMs = performance.now();
    const backlog = await settle(orders, inventory, manager, options.settleMs);
    options.print(
      `waited ${((performance.now() - beganAtMs) / 1_000).toFixed(1)} s for facts on their way: ${backlogText(backlog)}`,
    );
    let broken = 0;
    for await (const report of checks(orders, inventory, nats, manager, options.settleMs, backlog)) {
      for (const line of reportLines(report)) options.print(line);
      broken += report.violations.count;
    }
    options.print(broken === 0 ? 'the books balance' : `the books do not balance: ${broken} violations`);
    return broken === 0;
  } catch (error) {
    throw new ReconcileImpossibleError(
      `cannot finish: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await Promise.allSettled([orders.close(), inventory.close(), nats.close()]);
  }
}

async function repair(
  books: { readonly orders: Books; readonly inventory: Books },
  nats: NatsConnection,
  manager: JetStreamManager,
  { settleMs, print }: ReconcileOptions,
): Promise<void> {
  await settle(books.orders, books.inventory, manager, settleMs);
  const counts = await putBackLostFacts(books, nats, manager);
  for (const [context, count] of counts) print(`${count} facts of ${context} put back into its outbox`);
}

async function* checks(
  orders: Books,
  inventory: Books,
  nats: NatsConnection,
  manager: JetStreamManager,
  settleMs: number,
  backlog: Backlog,
): AsyncGenerator<RuleReport> {
  yield await checkStockWithinBounds(inventory);
  yield await checkStockSums(inventory);
  yield await checkOrdersAndReservations(orders, inventory, settleMs);
  yield await checkOrderVersions(orders);
  yield await checkFactsDelivered({ books: { orders, inventory }, nats, manager, settleMs, backlog });
}

function backlogText({ unpublished, undelivered }: Backlog): string {
  const waiting = [...undelivered].filter(([, count]) => count !== 0);
  if (unpublished === 0 && waiting.length === 0) return 'none is left';
  const consumers = waiting.map(([name, count]) => `${count ?? 'no consumer'} at ${name}`);
  return [`${unpublished} unpublished`, ...consumers].join(', ');
}

async function openAll(
  addresses: BooksAddresses,
): Promise<{ orders: Books; inventory: Books; nats: NatsConnection }> {
  const [orders, inventory, nats] = await Promise.allSettled([
    openBooks(addresses.ordersDatabaseUrl),
    openBooks(addresses.inventoryDatabaseUrl),
    connect({
      servers: addresses.natsUrl.split(','),
      name: 'holdfast-reconcile',
      timeout: 10_000,
      maxReconnectAttempts: 5,
    }),
  ]);
  if (orders.status === 'fulfilled' && inventory.status === 'fulfilled' && nats.status === 'fulfilled') {
    return { orders: orders.value, inventory: inventory.value, nats: nats.value };
  }
  for (const end of [orders, inventory, nats]) if (end.status === 'fulfilled') await end.value.close();
  const reasons = Object.entries({
    'the orders database': orders,
    'the inventory database': inventory,
    NATS: nats,
  }).flatMap(([name, end]) =>
    end.status === 'rejected' ? [`${name} does not answer (${reasonText(end.reason)})`] : [],
  );
  throw new ReconcileImpossibleError(reasons.join('; '));
}

/** A refused connection to a name with several addresses is an AggregateError without a message. */
function reasonText(reason: unknown): string {
  if (reason instanceof AggregateError && reason.errors[0] instanceof Error) return reason.errors[0].message;
  return reason instanceof Error ? reason.message || reason.name : String(reason);
}
