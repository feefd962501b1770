import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database } from '@holdfast/messaging';
import { startTestServers, waitUntil, type TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { followReservations } from '../consumers/reservations.ts';
import { readOrderEvents } from '../queries/order-events.ts';
import { readOrders } from '../queries/order-view.ts';
import { lockOrders } from '../store/orders.ts';
import { pendingPageOrders, readClock, type PendingPosition } from '../store/undecided-orders.ts';
import { anOrdersDatabase, aPlaceOrder, aReceivedFact, aSilentLog, readEverything } from '../testing.ts';
import { cancelUndecided } from './cancel-undecided.ts';
import { writePlaceOrders } from './place-orders-group.ts';
import { startUndecidedSweeper } from './undecided-sweeper.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
});
afterEach(() => close?.());

const decisionSeconds = 60;
const longAgo = new Date(Date.UTC(2_000, 0));

async function somePlacedOrders(count: number): Promise<readonly string[]> {
  const commands = Array.from({ length: count }, () => aPlaceOrder());
  await writePlaceOrders(database, 'GBP', commands);
  return commands.map(({ orderId }) => orderId);
}
async function aPlacedOrder(): Promise<string> {
  const [orderId = ''] = await somePlacedOrders(1);
  return orderId;
}
/** As the relay does when the stream has acknowledged what these orders stated. */
const acknowledge = (orderIds: readonly string[], secondsAgo: number) =>
  sql`update outbox set sequence = journal_id, epoch = 1, published_at = now() - ${secondsAgo} * interval '1 second'
      where aggregate_id = any(${orderIds}::text[])`.execute(database.read);
/** As the relay does when the tail horizon has passed. */
const giveUpPlaces = (orderIds: readonly string[]) =>
  sql`delete from outbox where aggregate_id = any(${orderIds}::text[])`.execute(database.read);
/** As a repair of the tail does. */
const clearSequences = (orderIds: readonly string[]) =>
  sql`update outbox set sequence = null, epoch = null, published_at = null
      where aggregate_id = any(${orderIds}::text[])`.execute(database.read);

const sweepPage = (after: PendingPosition = null, heardSince = longAgo) =>
  cancelUndecided(database, { after, decisionSeconds, heardSince });
const statusOf = async (orderId: string) => (await readOrders(database.read, [orderId])).get(orderId)?.status;
const follow = (orderId: string) =>
  database.transaction((tx) =>
    followReservations(tx, [
      aReceivedFact('StockReserved', {
        orderId,
        version: 1,
        decidedAt: '2026-01-31T12:00:00.000Z',
        expiresAt: null,
        facilityCount: 1,
      }),
    ]),
  );

describe('An order that nobody decides', () => {
  it('is cancelled as UNDECIDED once its time since the ack is over, with a fact that names the placing', async () => {
    const orderId = await aPlacedOrder();
    await acknowledge([orderId], decisionSeconds + 1);
    expect(await sweepPage()).toEqual({ cancelled: 1, next: null });
    expect((await readOrders(database.read, [orderId])).get(orderId)).toMatchObject({
      status: 'CANCELLED',
      version: 2,
      cancellation: { code: 'UNDECIDED', reason: null },
    });
    const [placed, cancelled] = await readOrderEvents(database.read, [{ orderId, after: 0 }]);
    expect(cancelled).toMatchObject({
      type: 'OrderCancelled',
      from: 'PENDING',
      causationId: placed?.id,
      correlationId: placed?.correlationId,
    });
    const before = await readEverything(database);
    expect(await sweepPage()).toEqual({ cancelled: 0, next: null });
    await follow(orderId);
    expect(await readEverything(database)).toEqual(before);
  });

  it('has its time counted from the ack, however long ago it was placed', async () => {
    const command = aPlaceOrder({ placedAt: longAgo });
    await writePlaceOrders(database, 'GBP', [command]);
    expect((await sweepPage()).cancelled).toBe(0);
    await acknowledge([command.orderId], decisionSeconds - 5);
    expect((await sweepPage()).cancelled).toBe(0);
    expect(await statusOf(command.orderId)).toBe('PENDING');
  });

  it('has its time counted again from a new ack after the stream had lost it', async () => {
    const orderId = await aPlacedOrder();
    await acknowledge([orderId], decisionSeconds + 1);
    await clearSequences([orderId]);
    expect((await sweepPage()).cancelled).toBe(0);
    await acknowledge([orderId], 0);
    expect((await sweepPage()).cancelled).toBe(0);
  });

  it('is cancelled when its place in the outbox was given up: that was longer ago', async () => {
    const orderId = await aPlacedOrder();
    await giveUpPlaces([orderId]);
    expect((await sweepPage()).cancelled).toBe(1);
  });

  it('is not cancelled before this process has heard of decisions for as long', async () => {
    const [acked = '', gone = ''] = await somePlacedOrders(2);
    await acknowledge([acked], decisionSeconds + 1);
    await giveUpPlaces([gone]);
    expect((await sweepPage(null, await readClock(database.read))).cancelled).toBe(0);
    expect((await sweepPage()).cancelled).toBe(2);
  });

  it('is left as it is when it was decided in the last moment', async () => {
    const orderId = await aPlacedOrder();
    await acknowledge([orderId], decisionSeconds + 1);
    let sweeping: Promise<unknown> = Promise.resolve();
    await database.transaction(async (tx) => {
      await lockOrders(tx, [orderId]);
      sweeping = sweepPage();
      // It does not wait for who is deciding.
      expect(await sweeping).toMatchObject({ cancelled: 0 });
      await followReservations(tx, [
        aReceivedFact('StockReserved', {
          orderId,
          version: 1,
          decidedAt: '2026-01-31T12:00:00.000Z',
          expiresAt: null,
          facilityCount: 1,
        }),
      ]);
    });
    expect((await sweepPage()).cancelled).toBe(0);
    expect(await statusOf(orderId)).toBe('RESERVED');
  });

  it('is cancelled once though two replicas sweep, and inventory decides, at the same time', async () => {
    const orderIds = await somePlacedOrders(120);
    await acknowledge(orderIds, decisionSeconds + 1);
    await Promise.all([
      sweepPage(),
      sweepPage(),
      ...orderIds.slice(0, 20).map((orderId) => follow(orderId)),
      sweepPage(),
    ]);
    await sweepPage();
    const events = await readOrderEvents(
      database.read,
      orderIds.map((orderId) => ({ orderId, after: 1 })),
    );
    expect(events.map(({ version }) => version)).toEqual(orderIds.map(() => 2));
    expect(events.filter(({ type }) => type === 'OrderCancelled').length).toBeGreaterThanOrEqual(100);
  });

  it('is found behind a page of orders that wait for their ack', async () => {
    const waiting = await somePlacedOrders(pendingPageOrders);
    const command = aPlaceOrder({ placedAt: new Date(Date.now() + 60_000) });
    await writePlaceOrders(database, 'GBP', [command]);
    await acknowledge([command.orderId], decisionSeconds + 1);
    const first = await sweepPage();
    expect(first).toMatchObject({ cancelled: 0, next: { id: expect.any(String) } });
    expect(await sweepPage(first.next)).toEqual({ cancelled: 1, next: null });
    expect(await statusOf(waiting[0]!)).toBe('PENDING');
  });
});

describe('The sweeper', () => {
  it('counts nothing while it hears nothing, cancels once it has heard long enough, wakes the relay and stops', async () => {
    const orderIds = await somePlacedOrders(3);
    await giveUpPlaces(orderIds);
    let isHearing = false;
    let asked = 0;
    let wakes = 0;
    const sweeper = startUndecidedSweeper({
      database,
      decisionSeconds: 1,
      isHearing: () => {
        asked += 1;
        return isHearing;
      },
      wake: () => void (wakes += 1),
      log: aSilentLog,
    });
    try {
      expect(await waitUntil(() => asked >= 3, { withinMs: 20_000 })).toBe(true);
      expect(await statusOf(orderIds[0]!)).toBe('PENDING');
      isHearing = true;
      const isOver = async () => (await statusOf(orderIds[2]!)) === 'CANCELLED';
      expect(await waitUntil(isOver, { withinMs: 20_000 })).toBe(true);
      expect(wakes).toBe(1);
    } finally {
      await sweeper.stop();
    }
    const before = asked;
    await acknowledge(await somePlacedOrders(1), 600);
    expect(asked).toBe(before);
  });

  it('goes on when the database was away', async () => {
    const orderIds = await somePlacedOrders(2);
    await giveUpPlaces(orderIds);
    const log: string[] = [];
    let isHearing = true;
    const sweeper = startUndecidedSweeper({
      database,
      decisionSeconds: 1,
      isHearing: () => isHearing,
      wake: () => {},
      log: Object.assign(Object.create(aSilentLog) as typeof aSilentLog, {
        warn: ({ event }: { event: string }) => void log.push(event),
      }),
    });
    try {
      await servers.postgres.kill();
      expect(await waitUntil(() => log.includes('sweep-failed'), { withinMs: 20_000 })).toBe(true);
      await servers.postgres.start();
      const isOver = async () => (await statusOf(orderIds[0]!).catch(() => null)) === 'CANCELLED';
      expect(await waitUntil(isOver, { withinMs: 20_000 })).toBe(true);
    } finally {
      isHearing = false;
      await sweeper.stop();
    }
  });
});
