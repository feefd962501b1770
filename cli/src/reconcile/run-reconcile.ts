import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { createGatewayClient } from '../replay/gateway-client.ts';
import { findRunningSystem } from '../running-system.ts';
import { operatorHeaders } from '../token/access.ts';
import { openBooks, type Books } from './books.ts';
import { applyProposals, proposalLines } from './apply-proposals.ts';
import { findDamage, type AllBooks, type Damage } from './damage.ts';
import { explanationLines } from './explain-damage.ts';
import { checkFactsDelivered } from './facts-delivered.ts';
import { checkOrderVersions } from './order-versions.ts';
import { checkOrdersAndReservations, type OrderViolation } from './orders-and-reservations.ts';
import { proposalsFor, type Proposal } from './proposals.ts';
import { reportLines, type RuleReport } from './rule-report.ts';
import { settle, type Backlog } from './settle.ts';
import { checkStockSums } from './stock-sums.ts';
import { checkStockWithinBounds } from './stock-within-bounds.ts';

export interface ReconcileOptions {
  /** How long facts may be on their way. */
  readonly settleMs: number;
  /** Says of what is wrong which facts are missing or doubled. */
  readonly isExplaining?: boolean;
  /** `PROPOSE` says what would mend it and changes nothing; `APPLY` does it and checks again. */
  readonly repair?: 'PROPOSE' | 'APPLY';
  readonly print: (line: string) => void;
}

export interface BooksAddresses {
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
  readonly natsUrl: string;
  /** Through which services handle facts in a repair. */
  readonly gateway?: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
}

/** The books cannot be looked at: nothing runs, or a server does not answer. */
export class ReconcileImpossibleError extends Error {
  override readonly name = 'ReconcileImpossibleError';
}

/** As `reconcile`, for the system that runs now. */
export async function reconcileRunningSystem(
  env: NodeJS.ProcessEnv,
  options: ReconcileOptions,
): Promise<boolean> {
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
  const gateway = { url: system.graphqlUrl, headers: await operatorHeaders(env) };
  return reconcile({ ordersDatabaseUrl, inventoryDatabaseUrl, natsUrl, gateway }, options);
}

/**
 * Checks rules 2 to 6 over both databases and the streams, and prints each with what was looked at. Resolves with
 * whether all hold, after a repair if that was applied. Changes nothing else. Rejects with ReconcileImpossibleError when a
 * database or NATS does not answer.
 */
export async function reconcile(addresses: BooksAddresses, options: ReconcileOptions): Promise<boolean> {
  const opened = await openAll(addresses);
  const { orders, inventory, nats } = opened;
  try {
    const world: World = { books: { orders, inventory }, nats, manager: await jetstreamManager(nats) };
    const violations = await check(world, options);
    if (violations === null) return true;
    if (options.isExplaining !== true && options.repair === undefined) return false;
    const damage = await findDamage({ ...world, settleMs: options.settleMs, violations });
    if (options.isExplaining === true)
      printAll(options, 'what is missing or doubled:', explanationLines(damage));
    if (options.repair === undefined) return false;
    return await repair(world, damage, addresses, options);
  } catch (error) {
    throw new ReconcileImpossibleError(
      `cannot finish: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await Promise.allSettled([orders.close(), inventory.close(), nats.close()]);
  }
}

interface World {
  readonly books: AllBooks;
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
}

/** Checks all rules once. Null when all hold, else the orders in violation of rule 4. */
async function check(
  { books: { orders, inventory }, nats, manager }: World,
  options: ReconcileOptions,
): Promise<readonly OrderViolation[] | null> {
  const beganAtMs = performance.now();
  const backlog = await settle(orders, inventory, manager, options.settleMs);
  options.print(
    `waited ${((performance.now() - beganAtMs) / 1_000).toFixed(1)} s for facts on their way: ${backlogText(backlog)}`,
  );
  const violations: OrderViolation[] = [];
  let broken = 0;
  for await (const report of checks(
    orders,
    inventory,
    nats,
    manager,
    options.settleMs,
    backlog,
    violations,
  )) {
    for (const line of reportLines(report)) options.print(line);
    broken += report.violations.count;
  }
  options.print(broken === 0 ? 'the books balance' : `the books do not balance: ${broken} violations`);
  return broken === 0 ? null : violations;
}

async function repair(
  world: World,
  damage: Damage,
  { gateway }: BooksAddresses,
  options: ReconcileOptions,
): Promise<boolean> {
  const proposals = proposalsFor(damage);
  if (options.repair === 'PROPOSE' || proposals.every(({ kind }) => kind === 'PERSON')) {
    printAll(options, 'what would mend it:', proposalLines(proposals));
    options.print(lastWord(proposals));
    return false;
  }
  const people = proposals.filter(({ kind }) => kind === 'PERSON');
  if (people.length > 0) printAll(options, 'what a machine cannot mend:', proposalLines(people));
  const client =
    gateway === undefined ? null : createGatewayClient({ ...gateway, connections: 1, waitMs: gatewayWaitMs });
  try {
    const { print } = options;
    const changed = await applyProposals({ ...world, gateway: client, print }, proposals);
    print(`${changed} of ${proposals.length} proposals changed something; looking again`);
  } finally {
    await client?.close();
  }
  return (await check(world, options)) === null;
}

const gatewayWaitMs = 15_000;

const lastWord = (proposals: readonly Proposal[]): string =>
  proposals.length === 0
    ? 'no repair is known for what is wrong: look at what was changed by hand'
    : proposals.every(({ kind }) => kind === 'PERSON')
      ? 'nothing was changed: a machine cannot know what is right'
      : 'nothing was changed: --repair --apply does what a machine can';

function printAll({ print }: ReconcileOptions, heading: string, lines: readonly string[]): void {
  if (lines.length > 0) print(heading);
  for (const line of lines) print(`        ${line}`);
}

async function* checks(
  orders: Books,
  inventory: Books,
  nats: NatsConnection,
  manager: JetStreamManager,
  settleMs: number,
  backlog: Backlog,
  violations: OrderViolation[],
): AsyncGenerator<RuleReport> {
  yield await checkStockWithinBounds(inventory);
  yield await checkStockSums(inventory);
  yield await checkOrdersAndReservations(orders, inventory, settleMs, (violation) =>
    violations.push(violation),
  );
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
