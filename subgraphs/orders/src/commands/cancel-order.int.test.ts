import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newEventId, type Database } from '@holdfast/messaging';
import { startTestServers, type TestServers } from '@holdfast/servers';
import type { Viewer } from '@holdfast/service';
import { sql } from 'kysely';
import { readOrderEvents } from '../queries/order-events.ts';
import { anOrdersDatabase, aPlaceOrder, aSilentLog, readEverything } from '../testing.ts';
import { cancelOrder, writeCancelOrders, type CancelOrder, type CancelOrderResult } from './cancel-order.ts';
import { saysServerAway } from '@holdfast/messaging';
import { createGroupWriter, type GroupWriter } from './group-writer.ts';
import { writePlaceOrders } from './place-orders-group.ts';

let servers: TestServers;
let database: Database;
let close: () => Promise<void>;
let writer: GroupWriter<CancelOrder, CancelOrderResult>;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['postgres'] });
  ({ database, close } = await anOrdersDatabase(await servers.postgres.createDatabase()));
  writer = createGroupWriter<CancelOrder, CancelOrderResult>({
    write: (group) => writeCancelOrders(database, group),
    isDatabaseAway: saysServerAway,
    weigh: () => 1,
  });
});
afterAll(async () => {
  await close?.();
  await servers?.stop();
});

const ada: Viewer = { customerId: 'ada', isOperator: false };
const bob: Viewer = { customerId: 'bob', isOperator: false };
const root: Viewer = { customerId: 'root', isOperator: true };

const cancel = (orderId: string, viewer = ada, reason?: string) =>
  cancelOrder({ writer, log: aSilentLog }, { orderId, reason }, viewer, null);

async function anOrder(status = 'PENDING'): Promise<string> {
  const command = aPlaceOrder();
  await writePlaceOrders(database, 'GBP', [command]);
  const rejection = status === 'REJECTED' ? '{"reason": "short", "shortages": []}' : null;
  await sql`update orders set status = ${status}, rejection = ${rejection}::json where id = ${command.orderId}`.execute(
    database.read,
  );
  return command.orderId;
}

describe('Cancelling an order', () => {
  it.each(['PENDING', 'RESERVED'])('that is %s ends it, with the reason and a fact', async (status) => {
    const orderId = await anOrder(status);
    const result = await cancel(orderId, ada, 'Too slow');
    expect(result).toMatchObject({
      problems: [],
      order: { status: 'CANCELLED', version: 2, cancellation: { code: 'CUSTOMER', reason: 'Too slow' } },
    });
    expect(await readOrderEvents(database.read, [{ orderId, after: 1 }])).toMatchObject([
      { type: 'OrderCancelled', from: status, status: 'CANCELLED', version: 2, causationId: null },
    ]);
  });

  it('that is CANCELLED changes nothing and is no problem', async () => {
    const orderId = await anOrder();
    const first = await cancel(orderId);
    const before = await readEverything(database);
    expect(await cancel(orderId.toUpperCase(), ada, 'again')).toEqual(first);
    expect(await readEverything(database)).toEqual(before);
  });

  it.each(['REJECTED', 'SHIPPING', 'DELIVERED'])('that is %s is refused, with the order', async (status) => {
    const orderId = await anOrder(status);
    const before = await readEverything(database);
    expect(await cancel(orderId)).toMatchObject({
      order: { id: orderId, status },
      problems: [{ code: 'NOT_CANCELLABLE', path: ['orderId'] }],
    });
    expect(await readEverything(database)).toEqual(before);
  });

  it('answers a foreign order, an unknown one and an id that is none alike, and changes nothing', async () => {
    const orderId = await anOrder();
    const before = await readEverything(database);
    const foreign = await cancel(orderId, bob);
    expect(foreign).toMatchObject({
      order: null,
      problems: [{ code: 'ORDER_NOT_FOUND', path: ['orderId'] }],
    });
    expect(await cancel(newEventId())).toEqual(foreign);
    for (const none of ['', '42', 'x\u0000', `${orderId} `]) expect(await cancel(none)).toEqual(foreign);
    expect(await readEverything(database)).toEqual(before);
  });

  it('is refused with a reason that is too long or holds control characters', async () => {
    const orderId = await anOrder();
    for (const reason of ['x'.repeat(201), 'a\u0007'])
      expect(await cancel(orderId, ada, reason)).toMatchObject({
        order: null,
        problems: [{ code: 'INVALID_INPUT', path: ['reason'] }],
      });
  });

  it('by an operator says so', async () => {
    expect(await cancel(await anOrder(), root)).toMatchObject({
      order: { cancellation: { code: 'OPERATOR' } },
    });
  });

  it('twice at once, alone and in groups, changes it once', async () => {
    const orderIds = await Promise.all(Array.from({ length: 30 }, () => anOrder()));
    const results = await Promise.all(
      [...orderIds, ...orderIds.toReversed()].map((orderId) => cancel(orderId)),
    );
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(new Set(results.map(({ order }) => order?.version))).toEqual(new Set([2]));
  });
});
