import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { check, type CheckResult } from '../check.ts';
import { historyFile, type HistoryLine, type OperationLine, type Unstamped } from '../history.ts';
import { settingsFile, type RunSettings } from '../run-settings.ts';
import { snapshotFile } from '../json-lines.ts';
import type { Allocation, JournalRow, SnapshotName, SnapshotRows } from '../snapshot-rows.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type Snapshot = { [Name in SnapshotName]: Mutable<SnapshotRows[Name]>[] };

/** A run by hand: tests change what they want of it before it is checked. */
export interface Run {
  readonly snapshot: Snapshot;
  readonly history: Unstamped<HistoryLine>[];
  settings: Partial<RunSettings>;
}

export const customer = 'mary';
const runStartMs = Date.UTC(2030, 0, 1);
const level = { sku: 'tea', facilityId: 'leeds', zone: 'PRIMARY' };

const emptySnapshot = (): Snapshot => ({
  orders: [],
  keys: [],
  reservations: [],
  levels: [],
  movements: [],
  'journal-orders': [],
  'journal-inventory': [],
  'outbox-orders': [],
  'outbox-inventory': [],
  'inbox-orders': [],
  'inbox-inventory': [],
  'parked-orders': [],
  'parked-inventory': [],
  'lease-orders': [{ epoch: 1, generation: 0 }],
  'lease-inventory': [{ epoch: 1, generation: 0 }],
  'stream-orders': [],
  'stream-inventory': [],
  consumers: ['inventory-orders', 'orders-reservations', 'orders-catalogue'].map((name) => ({
    name,
    pending: 0,
    ackPending: 0,
  })),
  rest: [
    { isAtRest: true, tookMs: 500, withinMs: 60_000, waiting: [], inventoryNowMs: runStartMs + 100_000 },
  ],
});

/** 100 units of tea received; orders of 2 each: `reserved`, `cancelled`, `rejected`, `delivered`, `expired` and `confirmed`. */
export function aRun(): Run {
  const run: Run = { snapshot: emptySnapshot(), history: [], settings: {} };
  run.history.push({ kind: 'run', seed: 1, runId: 'r', gateways: ['http://a', 'http://b'] });
  ask(run, { kind: 'receive', key: 'delivery', stock: [{ ...level, zone: 'PRIMARY', quantity: 100 }] }, {});
  move(run, 'RECEIVED', 100, 0, null, 'delivery');
  place(run, 'reserved', 'HELD', ['OrderPlaced', 'OrderReserved'], null);
  place(run, 'cancelled', 'RELEASED', ['OrderPlaced', 'OrderReserved', 'OrderCancelled'], null, 'CUSTOMER');
  ask(run, { kind: 'cancel', orderId: 'cancelled' }, { version: 3, status: 'CANCELLED' });
  place(run, 'rejected', 'REJECTED', ['OrderPlaced', 'OrderRejected'], null);
  place(
    run,
    'delivered',
    'SHIPPED',
    ['OrderPlaced', 'OrderReserved', 'OrderShipping', 'OrderDelivered'],
    null,
  );
  ask(run, { kind: 'ship', orderId: 'delivered' }, { version: 3, status: 'SHIPPING' });
  ask(run, { kind: 'deliver', orderId: 'delivered' }, { version: 4, status: 'DELIVERED' });
  place(
    run,
    'expired',
    'EXPIRED',
    ['OrderPlaced', 'OrderReserved', 'OrderCancelled'],
    runStartMs,
    'HOLD_EXPIRED',
  );
  place(run, 'confirmed', 'HELD', ['OrderPlaced', 'OrderReserved', 'OrderConfirmed'], null);
  ask(run, { kind: 'confirm', orderId: 'confirmed' }, {});
  subscribe(run, 'reserved', 2, 'settled');
  subscribe(run, 'delivered', 4, 'complete');
  run.snapshot.levels.push({ ...level, onHand: 98, reserved: 4 });
  return run;
}

let operations = 0;

/** Writes an operation's two lines; its answer is `ok` unless it says otherwise. */
export function ask(
  run: Run,
  asked: Partial<OperationLine> & Pick<OperationLine, 'kind'>,
  answer: Partial<OperationLine>,
): void {
  operations += 1;
  const line = {
    client: 'm1',
    op: operations,
    gateway: 0,
    ...(asked.kind === 'receive' ? {} : { customer }),
    ...asked,
  };
  run.history.push({ ...line, phase: 'invoke' }, { ...line, phase: 'ok', ...answer });
}

/** The lines of one subscription that saw everything up to a version. */
export function subscribe(run: Run, orderId: string, upTo: number, reason: string): void {
  run.history.push({ kind: 'subscriber', client: 'm1', orderId, phase: 'open', gateway: 0, after: 0 });
  for (const { version, to, eventId } of factsOf(run, orderId).slice(0, upTo))
    run.history.push({ kind: 'event', client: 'm1', orderId, version, status: to!, eventId });
  run.history.push({ kind: 'subscriber', client: 'm1', orderId, phase: 'done', gateway: 0, reason });
}

export const factsOf = (run: Run, orderId: string): Mutable<JournalRow>[] =>
  run.snapshot['journal-orders'].filter(({ aggregateId }) => aggregateId === orderId);

export const orderOf = (run: Run, orderId: string) => run.snapshot.orders.find(({ id }) => id === orderId)!;
export const reservationOf = (run: Run, id: string) =>
  run.snapshot.reservations.find(({ orderId }) => orderId === id)!;

/** What the checker finds: `rule class` of each, sorted; in a folder that is gone afterwards. */
export async function found(run: Run): Promise<string[]> {
  const { rules } = await checked(run);
  return rules
    .flatMap(({ rule, counts }) =>
      Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${rule} ${name}`] : [])),
    )
    .sort();
}

export async function checked(run: Run): Promise<CheckResult> {
  const folder = mkdtempSync(join(tmpdir(), 'prove-check-'));
  try {
    writeRun(run, folder);
    return await check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line a second. */
export function writeRun(run: Run, folder: string): void {
  const stamped = run.history.map((line, index) => ({
    t: index * 1_000,
    at: new Date(runStartMs + index * 1_000).toISOString(),
    ...line,
  }));
  writeFileSync(join(folder, historyFile), asLines(stamped));
  writeFileSync(join(folder, settingsFile), JSON.stringify(run.settings));
  for (const [name, rows] of Object.entries(run.snapshot)) {
    const file = snapshotFile(folder, name as SnapshotName);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, asLines(rows));
  }
}

const asLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const statuses: Readonly<Record<string, string>> = {
  OrderPlaced: 'PENDING',
  OrderReserved: 'RESERVED',
  OrderRejected: 'REJECTED',
  OrderCancelled: 'CANCELLED',
  OrderConfirmed: 'RESERVED',
  OrderShipping: 'SHIPPING',
  OrderDelivered: 'DELIVERED',
};

function place(
  run: Run,
  id: string,
  reservation: string,
  types: readonly string[],
  expiresAtMs: number | null,
  code: string | null = null,
): void {
  const { snapshot } = run;
  const lines = [{ sku: 'tea', quantity: 2 }];
  const version = types.length;
  const status = statuses[types.at(-1)!]!;
  ask(run, { kind: 'place', key: `key of ${id}`, lines }, { orderId: id, version: 1, status: 'PENDING' });
  snapshot.orders.push({
    id,
    customerId: customer,
    reference: `key of ${id}`,
    status,
    version,
    isConfirmed: types.includes('OrderConfirmed'),
    hasHold: types.includes('OrderConfirmed'),
    cancellationCode: code,
    lines,
  });
  snapshot.keys.push({ customerId: customer, key: `key of ${id}`, orderId: id });
  types.forEach((type, index) =>
    state(run, 'orders', id, type, index + 1, index === 0 ? null : statuses[types[index - 1]!]!, code),
  );
  const isTied = reservation !== 'REJECTED';
  const allocations: Allocation[] = isTied ? [{ ...level, quantity: 2 }] : [];
  snapshot.reservations.push({ orderId: id, status: reservation, version: 1, expiresAtMs, allocations });
  state(run, 'inventory', id, isTied ? 'StockReserved' : 'StockRejected', 1, null, null);
  if (isTied) move(run, 'RESERVED', 0, 2, id, null);
  if (id === 'confirmed') state(run, 'inventory', id, 'StockConfirmed', 2, null, null);
  if (reservation === 'RELEASED' || reservation === 'EXPIRED') {
    state(run, 'inventory', id, 'StockReleased', 2, null, null);
    move(run, reservation, 0, -2, id, null);
  }
  if (reservation === 'SHIPPED') move(run, 'SHIPPED', -2, -2, id, null);
}

const handledTypes = new Set(['OrderPlaced', 'OrderCancelled', 'OrderShipping']);

/** A fact in the journal, in the stream, and in the inbox of whom it concerns. */
function state(
  run: Run,
  context: 'orders' | 'inventory',
  aggregateId: string,
  type: string,
  version: number,
  from: string | null,
  code: string | null,
): void {
  const { snapshot } = run;
  const eventId = `${type} of ${aggregateId}`;
  const id = snapshot[`journal-${context}`].length + 1;
  snapshot[`journal-${context}`].push({
    id,
    eventId,
    type,
    aggregateId,
    version,
    occurredAtMs: runStartMs + id * 10,
    from,
    to: statuses[type] ?? null,
    code,
    expiresAt: null,
  });
  snapshot[`outbox-${context}`].push({ journalId: id, sequence: id });
  snapshot[`stream-${context}`].push({ sequence: id, subject: context, messageId: eventId, eventId });
  if (context === 'inventory')
    snapshot['inbox-orders'].push({ consumer: 'orders-reservations', eventId, deliveries: 1 });
  else if (handledTypes.has(type))
    snapshot['inbox-inventory'].push({ consumer: 'inventory-orders', eventId, deliveries: 1 });
}

/** A movement that follows from the ones before. */
export function move(
  run: Run,
  kind: string,
  onHandChange: number,
  reservedChange: number,
  orderId: string | null,
  reason: string | null,
): void {
  const { movements } = run.snapshot;
  const { onHandAfter = 0, reservedAfter = 0 } = movements.at(-1) ?? {};
  movements.push({
    id: movements.length + 1,
    ...level,
    kind,
    onHandChange,
    reservedChange,
    onHandAfter: onHandAfter + onHandChange,
    reservedAfter: reservedAfter + reservedChange,
    orderId,
    reason,
    occurredAtMs: runStartMs + 50_000,
  });
}
