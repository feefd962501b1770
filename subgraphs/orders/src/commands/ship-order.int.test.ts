import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, type Database } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import { followReservations } from '../consumers/reservations.ts';
import { readOrderEvents } from '../queries/order-events.ts';
import { anOrdersDatabase, aPlaceOrder, aReceivedFact, aSilentLog, readEverything } from '../testing.ts';
import { deliverOrder } from './deliver-order.ts';
import { writePlaceOrders } from './place-orders-group.ts';
import { shipOrder } from './ship-order.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;
let wakes = 0;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const parts = () => ({ database, wake: () => void (wakes += 1), log: aSilentLog });
const ship = (orderId: string) => shipOrder(parts(), orderId, null);
const deliver = (orderId: string) => deliverOrder(parts(), orderId, null);

const decidedAt = '2026-01-31T12:00:00.000Z';
const reserved = (orderId: string, expiresAt: string | null = null) =>
  aReceivedFact('StockReserved', { orderId, version: 1, decidedAt, expiresAt, facilityCount: 1 });
const confirmed = (orderId: string) => aReceivedFact('StockConfirmed', { orderId, version: 2, decidedAt });
const released = (orderId: string) =>
  aReceivedFact('StockReleased', { orderId, version: 2, decidedAt, cause: 'EXPIRED' });
type ReceivedFact = Parameters<typeof followReservations>[1][number];

/** An order that has followed these facts, one transaction each. */
async function anOrder(...facts: readonly ((orderId: string) => ReceivedFact)[]): Promise<string> {
  const command = aPlaceOrder();
  await writePlaceOrders(database, 'GBP', [command]);
  for (const fact of facts)
    await database.transaction((tx) => followReservations(tx, [fact(command.orderId)]));
  return command.orderId;
}
const held = (orderId: string) => reserved(orderId, '2026-01-31T12:30:00.000Z');

describe('Shipping an order', () => {
  it('that is RESERVED without an end makes it SHIPPING, with a fact, and wakes the relay', async () => {
    const orderId = await anOrder(reserved);
    const before = wakes;
    expect(await ship(orderId)).toMatchObject({ problems: [], order: { status: 'SHIPPING', version: 3 } });
    expect(await readOrderEvents(database.read, [{ orderId, after: 2 }])).toMatchObject([
      { type: 'OrderShipping', from: 'RESERVED', status: 'SHIPPING', version: 3, causationId: null },
    ]);
    expect(wakes).toBeGreaterThan(before);
  });

  it('that is held waits for its confirmation, whichever of the two facts came first', async () => {
    const orderId = await anOrder(held);
    const before = await readEverything(database);
    expect(await ship(orderId)).toMatchObject({
      order: { id: orderId, status: 'RESERVED' },
      problems: [{ code: 'NOT_CONFIRMED', path: ['orderId'] }],
    });
    expect(await readEverything(database)).toEqual(before);
    await database.transaction((tx) => followReservations(tx, [confirmed(orderId)]));
    expect(await ship(orderId)).toMatchObject({ problems: [], order: { status: 'SHIPPING', version: 4 } });
    expect(await ship(await anOrder(confirmed, held))).toMatchObject({
      problems: [],
      order: { status: 'SHIPPING', version: 4 },
    });
  });

  it('that is held stays refused after a cancel of its hold by time, also when that overtook the reservation', async () => {
    for (const facts of [
      [held, released],
      [released, held],
    ])
      expect(await ship(await anOrder(...facts))).toMatchObject({
        order: { status: 'CANCELLED', cancellation: { code: 'HOLD_EXPIRED' } },
        problems: [{ code: 'NOT_SHIPPABLE', message: 'The order is CANCELLED and cannot be shipped' }],
      });
  });

  it('twice at once, or again after it was delivered, changes it once and is no problem', async () => {
    const orderId = await anOrder(reserved);
    const results = await Promise.all([ship(orderId), ship(orderId.toUpperCase()), ship(orderId)]);
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(results.map(({ order }) => order?.version)).toEqual([3, 3, 3]);
    await deliver(orderId);
    const before = await readEverything(database);
    expect(await ship(orderId)).toMatchObject({ problems: [], order: { status: 'DELIVERED', version: 4 } });
    expect(await readEverything(database)).toEqual(before);
  });

  it('that nobody decided, and one that does not exist, are refused', async () => {
    expect(await ship(await anOrder())).toMatchObject({
      order: { status: 'PENDING' },
      problems: [{ code: 'NOT_SHIPPABLE' }],
    });
    for (const none of [newEventId(), '', '42', 'x\u0000'])
      expect(await ship(none)).toMatchObject({ order: null, problems: [{ code: 'ORDER_NOT_FOUND' }] });
  });

  it('is not undone by the end of a hold that cannot be: the fact is refused for a person to see', async () => {
    const orderId = await anOrder(held, confirmed);
    await ship(orderId);
    const before = await readEverything(database);
    await expect(
      database.transaction((tx) => followReservations(tx, [released(orderId)])),
    ).rejects.toMatchObject({ name: 'ImpossibleFactError' });
    expect(await readEverything(database)).toEqual(before);
  });
});

describe('Delivering an order', () => {
  it('that is SHIPPING ends it, once', async () => {
    const orderId = await anOrder(reserved);
    expect(await deliver(orderId)).toMatchObject({
      order: { status: 'RESERVED' },
      problems: [{ code: 'NOT_DELIVERABLE', message: 'The order is RESERVED and cannot be delivered' }],
    });
    await ship(orderId);
    expect(await deliver(orderId)).toMatchObject({
      problems: [],
      order: { status: 'DELIVERED', version: 4 },
    });
    expect(await deliver(orderId)).toMatchObject({
      problems: [],
      order: { status: 'DELIVERED', version: 4 },
    });
    expect(await readOrderEvents(database.read, [{ orderId, after: 3 }])).toMatchObject([
      { type: 'OrderDelivered', from: 'SHIPPING', status: 'DELIVERED' },
    ]);
  });

  it('that does not exist is refused', async () => {
    expect(await deliver(newEventId())).toMatchObject({
      order: null,
      problems: [{ code: 'ORDER_NOT_FOUND' }],
    });
  });
});
