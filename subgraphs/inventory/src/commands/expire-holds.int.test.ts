import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { sql } from 'kysely';
import { expireHolds, HoldsNotExpiredError } from './expire-holds.ts';
import { holdTools, hour, seedForHolds } from '../testing-holds.ts';
import {
  anOrderCancelled,
  anOrderPlaced,
  endHolds,
  unbalancedLevels,
  startTestInventory,
  type TestInventory,
} from '../testing.ts';

let inventory: TestInventory;
const { handle, sweep, confirm, statusesOf, typesOf, held, isWaitingForLock } = holdTools(
  () => inventory.database,
);

beforeAll(async () => {
  inventory = await startTestInventory();
});
afterAll(() => inventory?.stop());
beforeEach(() => seedForHolds(inventory.database));

describe('a sweep', () => {
  it('releases what is due, oldest end first and so many at once, states it, and does nothing when repeated', async () => {
    const [late, early, alive] = await held(hour, { A: 1 }, { A: 1, B: 2 }, { A: 1 });
    await endHolds(inventory.database, [late!], -1_000);
    await endHolds(inventory.database, [early!], -2_000);
    expect((await sweep(1)).orderIds).toEqual([early]);
    const second = await sweep(1);
    expect(second.orderIds).toEqual([late]);
    expect(second.levels).toMatchObject([{ sku: 'A', facilityId: 'f1', reserved: 1 }]);
    expect(await sweep()).toEqual({ orderIds: [], levels: [] });
    expect(await statusesOf(late!, early!, alive!)).toEqual(['EXPIRED', 'EXPIRED', 'HELD']);
    expect(await typesOf(early!)).toEqual(['StockReserved', 'StockReleased']);
    expect(await unbalancedLevels(inventory.database)).toEqual([]);
  });

  it('by several replicas at once, with confirmations and cancels among them, releases each hold once or not at all', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ids = await held(-1, ...Array.from({ length: 9 }, () => ({ A: 1 })));
      await endHolds(inventory.database, ids.slice(0, 3), hour);
      const [confirmed, cancelled] = [ids.slice(0, 5), ids.slice(7)];
      const [answers] = await Promise.all([
        Promise.all(confirmed.map(confirm)),
        sweep(2),
        sweep(3),
        sweep(4),
        handle(...cancelled.toReversed().map(anOrderCancelled)),
      ]);
      while ((await sweep()).orderIds.length > 0);
      for (const [index, answer] of answers.entries()) {
        expect(answer?.code ?? 'done').toBe(index < 3 ? 'done' : 'HOLD_EXPIRED');
        expect(await typesOf(ids[index]!)).toEqual([
          'StockReserved',
          index < 3 ? 'StockConfirmed' : 'StockReleased',
        ]);
      }
      for (const id of ids.slice(5)) expect(await typesOf(id)).toEqual(['StockReserved', 'StockReleased']);
      expect(await unbalancedLevels(inventory.database)).toEqual([]);
      await handle(...ids.map(anOrderCancelled));
    }
  });

  it('leaves out what another has locked, and does not wait for it', async () => {
    const [locked, free] = await held(-1, { A: 1 }, { A: 1 });
    await inventory.database.transaction(async (tx) => {
      await sql`select from reservation where order_id = ${locked}::uuid for update`.execute(tx);
      expect((await sweep()).orderIds).toEqual([free]);
    });
    expect((await sweep()).orderIds).toEqual([locked]);
  });

  it('says of which holds it could release none, and changes nothing', async () => {
    const ids = await held(-1, { A: 1 }, { B: 1 });
    await sql`update stock_level set reserved = 0 where sku = 'B'`.execute(inventory.database.read);
    const failure = await sweep().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HoldsNotExpiredError);
    expect((failure as HoldsNotExpiredError).orderIds.toSorted()).toEqual(ids.toSorted());
    expect(await statusesOf(...ids)).toEqual(['HELD', 'HELD']);
    const { orderIds } = await expireHolds(inventory.database, { limit: 100, except: [ids[1]!] });
    expect(orderIds).toEqual([ids[0]]);
  });
});

describe('at the last moment', () => {
  it('a hold is confirmed or expires, and never both', async () => {
    for (let round = 0; round < 30; round += 1) {
      const [orderId] = await held(15 + (round % 5) * 5, { A: 10 });
      const next = anOrderPlaced({ A: 10 });
      const until = async (attempt: () => Promise<boolean>) => {
        while (!(await attempt()));
      };
      const [answer] = await Promise.all([
        lastMoment(orderId!).then(() => confirm(orderId!)),
        until(async () => (await sweep()).orderIds.length > 0 || (await typesOf(orderId!)).length > 1),
      ]);
      await handle(next);
      expect(await typesOf(orderId!)).toEqual([
        'StockReserved',
        answer === null ? 'StockConfirmed' : 'StockReleased',
      ]);
      expect(await statusesOf(orderId!, next.data.orderId)).toEqual(
        answer === null ? ['HELD', 'REJECTED'] : ['EXPIRED', 'HELD'],
      );
      expect(await unbalancedLevels(inventory.database)).toEqual([]);
      await handle(anOrderCancelled(orderId!), anOrderCancelled(next.data.orderId));
    }
  });

  /** Until a few milliseconds before the hold's end, by the database's clock. */
  const lastMoment = (orderId: string): Promise<unknown> =>
    sql`select pg_sleep(greatest(0, extract(epoch from expires_at - clock_timestamp())::float8 - 0.004))
        from reservation where order_id = ${orderId}::uuid`.execute(inventory.database.read);

  it('a confirmation that waited for a lock until the hold was due is refused', async () => {
    const [orderId] = await held(300, { A: 1 });
    const { confirmation } = await inventory.database.transaction(async (tx) => {
      await sql`select from reservation where order_id = ${orderId}::uuid for update`.execute(tx);
      const confirmation = confirm(orderId!);
      expect(await waitUntil(isWaitingForLock, { withinMs: 3_000, everyMs: 10 })).toBe(true);
      const isDue = async () =>
        (await sql`select from reservation where expires_at <= clock_timestamp()`.execute(tx)).rows.length >
        0;
      expect(await waitUntil(isDue, { withinMs: 3_000, everyMs: 10 })).toBe(true);
      return { confirmation };
    });
    expect(await confirmation).toMatchObject({ code: 'HOLD_EXPIRED' });
  });
});
