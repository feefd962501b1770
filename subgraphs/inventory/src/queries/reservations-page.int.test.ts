import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newEventId, type ReceivedFact } from '@holdfast/messaging';
import { sql } from 'kysely';
import { handleOrderFacts } from '../consumers/order-facts.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  deliver,
  emptyTables,
  seedStock,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';
import { readReservationsOfSku, readReservationsPage } from './reservations-page.ts';
import type { ReservationStatus } from './reservations.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(async () => {
  await emptyTables(inventory.database);
  await seedStock(inventory.database, [
    { sku: 'A', facilityId: 'f1', onHand: 3 },
    { sku: 'A', facilityId: 'f1', zone: 'BACK', onHand: 3 },
    { sku: 'A', facilityId: 'f2', onHand: 3 },
    { sku: 'A', facilityId: 'f2', zone: 'BACK', onHand: 31 },
    { sku: 'B', facilityId: 'f2', onHand: 40 },
  ]);
});

const tell = (...facts: ReceivedFact[]) =>
  deliver(
    inventory.database,
    handleOrderFacts(() => {}),
    facts,
  );

/** Delivers orders in batches of three, each with one instant of decision. */
async function held(...lines: readonly Readonly<Record<string, number>>[]): Promise<string[]> {
  const orders = lines.map((each) => anOrderPlaced(each));
  for (let from = 0; from < orders.length; from += 3) await tell(...orders.slice(from, from + 3));
  return orders.map(({ data }) => data.orderId);
}

async function setStatus(status: ReservationStatus, orderId: string | undefined): Promise<void> {
  await sql`update reservation set status = ${status} where order_id = ${orderId}::uuid`.execute(
    inventory.database.read,
  );
}

/** Order ids over all pages; what the next page starts after is read from the last row of the one before. */
async function walk<Row extends { readonly orderId: string }, Position>(
  read: (after: Position | null, limit: number) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
): Promise<string[]> {
  const seen: string[] = [];
  for (let after: Position | null = null; seen.length < 1_000;) {
    const rows = await read(after, 2);
    if (rows.length === 0) return seen;
    seen.push(...rows.map(({ orderId }) => orderId));
    after = positionOf(rows.at(-1)!);
  }
  throw new Error('The list does not end');
}

const every = (status: ReservationStatus | null = null) =>
  walk(
    (after: { decidedAt: Date; orderId: string } | null, limit) =>
      readReservationsPage(inventory.database.read, { status, after, limit }),
    ({ decidedAt, orderId }) => ({ decidedAt, orderId }),
  );
const ofSku = (sku: string, status: ReservationStatus | null = null) =>
  walk(
    (after: string | null, limit) =>
      readReservationsOfSku(inventory.database.read, { sku, status, after, limit }),
    ({ movementId }) => movementId,
  );

describe('The list of reservations', () => {
  it('shows each once, newest decision first, and no decision that tied nothing', async () => {
    const ids = await held({ A: 1 }, { A: 1 }, { B: 1 }, { A: 1, B: 1 }, { B: 1 }, { A: 1 }, { B: 1 });
    await tell(anOrderPlaced({ A: 999 }), anOrderCancelled(newEventId()));
    const seen = await every();
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const { rows } = await sql<{ order_id: string }>`
      select order_id from reservation where decision is not null order by decided_at desc, order_id desc`.execute(
      inventory.database.read,
    );
    expect(seen).toEqual(rows.map(({ order_id }) => order_id));
  });

  it('keeps those that ended at their place, and is filtered by status', async () => {
    const ids = await held({ A: 1 }, { A: 1 }, { B: 1 }, { A: 1 });
    const before = await every();
    await tell(anOrderCancelled(ids[0]!), anOrderCancelled(ids[2]!));
    await setStatus('EXPIRED', ids[1]);
    expect(await every()).toEqual(before);
    expect(await every('RELEASED')).toEqual(before.filter((id) => id === ids[0] || id === ids[2]));
    expect(await every('EXPIRED')).toEqual([ids[1]]);
    expect(await every('HELD')).toEqual([ids[3]]);
    expect(await every('SHIPPED')).toEqual([]);
  });
});

describe('The reservations of a SKU', () => {
  it('are each there once, the last tied first, at however many facilities and zones its units lie', async () => {
    const [split, other, mixed, last] = await held({ A: 35 }, { B: 2 }, { B: 1, A: 4 }, { A: 1 });
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from stock_movement where order_id = ${split}::uuid`.execute(
      inventory.database.read,
    );
    expect(rows[0]!.count).toBe(4);
    expect(await ofSku('A')).toEqual([last, mixed, split]);
    expect(await ofSku('B')).toEqual([mixed, other]);
    expect(await ofSku('C')).toEqual([]);
  });

  it('are shown at their place after they ended, and filtered by status', async () => {
    const [first, second, third] = await held({ A: 8 }, { A: 8 }, { A: 8 });
    await tell(anOrderCancelled(second!), anOrderPlaced({ A: 999 }), anOrderCancelled(newEventId()));
    expect(await ofSku('A')).toEqual([third, second, first]);
    expect(await ofSku('A', 'RELEASED')).toEqual([second]);
    expect(await ofSku('A', 'HELD')).toEqual([third, first]);
    expect(await ofSku('A', 'EXPIRED')).toEqual([]);
  });
});
