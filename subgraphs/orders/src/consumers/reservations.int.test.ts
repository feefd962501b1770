import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, type Database, type ReceivedFact } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { writeCancelOrders } from '../commands/cancel-order.ts';
import { writePlaceOrders } from '../commands/place-orders-group.ts';
import { readOrderEvents } from '../queries/order-events.ts';
import { readOrderTotals } from '../queries/order-totals.ts';
import { readOrders } from '../queries/order-view.ts';
import { anOrdersDatabase, aPlaceOrder, aReceivedFact, readEverything } from '../testing.ts';
import { followReservations } from './reservations.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const decidedAt = '2026-01-31T12:00:00.000Z';
const reserved = (orderId: string) =>
  aReceivedFact('StockReserved', { orderId, version: 1, decidedAt, expiresAt: null, facilityCount: 1 });
const shortages = [{ sku: 'A', requested: 2, available: 1 }];
const rejected = (orderId: string) =>
  aReceivedFact('StockRejected', { orderId, version: 1, decidedAt, reason: 'Not enough stock', shortages });
const released = (orderId: string, cause: 'CANCELLED' | 'EXPIRED') =>
  aReceivedFact('StockReleased', { orderId, version: 2, decidedAt, cause });
const confirmed = (orderId: string) => aReceivedFact('StockConfirmed', { orderId, version: 2, decidedAt });

const follow = (...facts: readonly ReceivedFact[]) =>
  database.transaction((tx) => followReservations(tx, facts));
const cancel = (...orderIds: readonly string[]) =>
  writeCancelOrders(
    database,
    orderIds.map((orderId) => ({
      orderId,
      viewer: { customerId: 'ada', isOperator: false },
      reason: null,
      correlationId: newEventId(),
      traceparent: null,
      cancelledAt: new Date(),
    })),
  );

async function somePlacedOrders(count: number): Promise<readonly string[]> {
  const commands = Array.from({ length: count }, () => aPlaceOrder());
  await writePlaceOrders(database, 'GBP', commands);
  return commands.map(({ orderId }) => orderId);
}
async function aPlacedOrder(): Promise<string> {
  const [orderId = ''] = await somePlacedOrders(1);
  return orderId;
}
const orderOf = async (orderId: string) => (await readOrders(database.read, [orderId])).get(orderId);
const historyOf = async (orderId: string) => {
  const events = await readOrderEvents(database.read, [{ orderId, after: 0 }]);
  return events.map(({ version, type, from, status }) => `${version} ${type} ${from}>${status}`);
};

describe('An order that follows inventory', () => {
  it('is RESERVED, and its fact names the one that caused it', async () => {
    const orderId = await aPlacedOrder();
    const fact = reserved(orderId);
    await follow(fact);
    expect(await orderOf(orderId)).toMatchObject({ status: 'RESERVED', version: 2, rejection: null });
    const events = await readOrderEvents(database.read, [{ orderId, after: 1 }]);
    expect(events).toMatchObject([
      { version: 2, from: 'PENDING', causationId: fact.eventId, correlationId: fact.correlationId },
    ]);
  });

  it('is REJECTED with what was short', async () => {
    const orderId = await aPlacedOrder();
    await follow(rejected(orderId));
    expect(await orderOf(orderId)).toMatchObject({
      status: 'REJECTED',
      rejection: { reason: 'Not enough stock', shortages },
    });
  });

  it('is decided together with a hundred others in one transaction, several facts of one order among them', async () => {
    const orderIds = await somePlacedOrders(100);
    const facts = orderIds.flatMap((orderId, index) =>
      index % 2 === 0 ? [reserved(orderId), confirmed(orderId)] : [rejected(orderId)],
    );
    await follow(...facts);
    const orders = await readOrders(database.read, orderIds);
    expect(orderIds.map((id) => orders.get(id)?.status)).toEqual(
      orderIds.map((_, index) => (index % 2 === 0 ? 'RESERVED' : 'REJECTED')),
    );
    expect(await historyOf(orderIds[0] ?? '')).toEqual([
      '1 OrderPlaced null>PENDING',
      '2 OrderReserved PENDING>RESERVED',
      '3 OrderConfirmed RESERVED>RESERVED',
    ]);
  });

  it('is not changed by a fact that comes again, though the inbox was lost', async () => {
    const [one = '', other = '', third = ''] = await somePlacedOrders(3);
    const facts = [
      reserved(one),
      confirmed(one),
      rejected(other),
      reserved(third),
      released(third, 'EXPIRED'),
    ];
    await follow(...facts);
    const before = await readEverything(database);
    await follow(...facts);
    for (const fact of facts.toReversed()) await follow(fact);
    expect(await readEverything(database)).toEqual(before);
  });

  it('ends the same when confirmation or expiry overtake the reservation', async () => {
    const [one = '', other = ''] = await somePlacedOrders(2);
    await follow(confirmed(one));
    await follow(released(other, 'EXPIRED'));
    await follow(reserved(one), reserved(other));
    expect((await historyOf(one)).at(-1)).toBe('3 OrderConfirmed RESERVED>RESERVED');
    expect(await orderOf(other)).toMatchObject({
      status: 'CANCELLED',
      cancellation: { code: 'HOLD_EXPIRED' },
    });
  });

  it('stays CANCELLED when its reservation or its release come late', async () => {
    const orderId = await aPlacedOrder();
    await cancel(orderId);
    const before = await readEverything(database);
    await follow(reserved(orderId), released(orderId, 'CANCELLED'));
    expect(await readEverything(database)).toEqual(before);
  });

  it('is CANCELLED whichever of cancel and reservation comes first, also at once', async () => {
    const orderIds = await somePlacedOrders(60);
    await Promise.all([
      follow(...orderIds.map(reserved)),
      cancel(...orderIds.toReversed()),
      follow(...orderIds.toReversed().map(reserved)),
    ]);
    const orders = await readOrders(database.read, orderIds);
    expect(new Set([...orders.values()].map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
    for (const orderId of orderIds.slice(0, 5)) {
      const history = await historyOf(orderId);
      expect(history.map((line) => line.split(' ')[0])).toEqual(history.map((_, index) => `${index + 1}`));
    }
  });

  it('refuses a fact about an order that is not here, and leaves the batch unwritten', async () => {
    const orderId = await aPlacedOrder();
    await expect(follow(reserved(orderId), reserved(newEventId()))).rejects.toMatchObject({
      name: 'UnknownOrderError',
    });
    expect(await orderOf(orderId)).toMatchObject({ status: 'PENDING' });
  });

  it('moves between the counters', async () => {
    const before = await readOrderTotals(database.read);
    const countOf = (totals: typeof before, status: string) =>
      totals.find((total) => total.status === status)?.count ?? 0;
    const [one = '', other = ''] = await somePlacedOrders(3);
    await follow(reserved(one), rejected(other));
    await cancel(one);
    const after = await readOrderTotals(database.read);
    const moved = ['PENDING', 'RESERVED', 'REJECTED', 'CANCELLED'].map(
      (status) => countOf(after, status) - countOf(before, status),
    );
    expect(moved).toEqual([1, 0, 1, 1]);
  });
});
