import { readSnapshot } from './json-lines.ts';
import { readRunSettings, type RunSettings } from './run-settings.ts';
import type { JournalRow, LevelName, SnapshotName, SnapshotRows } from './snapshot-rows.ts';

export type OrderRow = SnapshotRows['orders'];
export type ReservationRow = SnapshotRows['reservations'];
export type LevelRow = SnapshotRows['levels'];
export type MovementRow = SnapshotRows['movements'];

/** What the rules look at more than once, in memory: some hundred bytes for each fact of the run. */
export interface Evidence {
  readonly folder: string;
  readonly settings: RunSettings;
  readonly rest: SnapshotRows['rest'];
  readonly consumers: readonly SnapshotRows['consumers'][];
  readonly orders: ReadonlyMap<string, OrderRow>;
  /** Order ids, by customer and key as `keyName` joins them. */
  readonly keys: ReadonlyMap<string, string>;
  /** By order id, in the order of their versions. */
  readonly orderFacts: ReadonlyMap<string, readonly JournalRow[]>;
  readonly reservations: ReadonlyMap<string, ReservationRow>;
  readonly reservationFacts: ReadonlyMap<string, readonly JournalRow[]>;
  readonly levels: ReadonlyMap<string, LevelRow>;
}

export async function readEvidence(folder: string): Promise<Evidence> {
  const [rest] = await allRows(folder, 'rest');
  if (rest === undefined) throw new Error(`the snapshot in ${folder} is not complete`);
  return {
    folder,
    settings: readRunSettings(folder),
    rest,
    consumers: await allRows(folder, 'consumers'),
    orders: await mapped(folder, 'orders', ({ id }) => id),
    keys: new Map(
      (await allRows(folder, 'keys')).map(({ customerId, key, orderId }) => [
        keyName(customerId, key),
        orderId,
      ]),
    ),
    orderFacts: await factsByAggregate(folder, 'journal-orders', 'Order'),
    reservations: await mapped(folder, 'reservations', ({ orderId }) => orderId),
    reservationFacts: await factsByAggregate(folder, 'journal-inventory', 'Stock'),
    levels: await mapped(folder, 'levels', levelName),
  };
}

/** Customer ids and keys have no line breaks. */
export const keyName = (customerId: string, key: string): string => `${customerId}\n${key}`;

export const levelName = ({ sku, facilityId, zone }: LevelName): string => `${sku} at ${facilityId} ${zone}`;

export async function allRows<Name extends SnapshotName>(
  folder: string,
  name: Name,
): Promise<SnapshotRows[Name][]> {
  const rows: SnapshotRows[Name][] = [];
  for await (const row of readSnapshot(folder, name)) rows.push(row);
  return rows;
}

async function mapped<Name extends SnapshotName>(
  folder: string,
  name: Name,
  keyOf: (row: SnapshotRows[Name]) => string,
): Promise<Map<string, SnapshotRows[Name]>> {
  const rows = new Map<string, SnapshotRows[Name]>();
  for await (const row of readSnapshot(folder, name)) rows.set(keyOf(row), row);
  return rows;
}

async function factsByAggregate(
  folder: string,
  name: 'journal-orders' | 'journal-inventory',
  typePrefix: string,
): Promise<Map<string, JournalRow[]>> {
  const facts = new Map<string, JournalRow[]>();
  for await (const row of readSnapshot(folder, name)) {
    if (!row.type.startsWith(typePrefix)) continue;
    const known = facts.get(row.aggregateId);
    if (known === undefined) facts.set(row.aggregateId, [row]);
    else known.push(row);
  }
  return facts;
}
