import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectNats, liveStockSubject } from '@holdfast/messaging';
import { waitFor } from '@holdfast/messaging/testing';
import { createLogger } from '@holdfast/service';
import { customer, operator, seedService, startTestService, type TestService } from '../testing-service.ts';
import { anOrderPlaced, anOrderShipping } from '../testing.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ reservationHoldMs: 1_500 });
  await seedService(service);
});
afterAll(() => service?.stop());

interface Cup {
  readonly available: number;
  readonly availableVersion: number;
}

const statusBecomes = (orderId: string, status: string) =>
  waitFor(`${orderId} ${status}`, async () => (await service.statusOf(orderId)) === status);
const cup = async (): Promise<Cup> =>
  (await service.ask('{ product(sku: "CUP") { available availableVersion } }')).data!['product'] as Cup;
const change = async (mutation: string, orderId: string, viewer = operator) => {
  const { data } = await service.ask(
    `mutation ($orderId: ID!) { done: ${mutation} { order { id reservation { status expiresAt } } problems { code } } }`,
    { orderId },
    viewer,
  );
  return data!['done'] as {
    order: { reservation: { status: string; expiresAt: string | null } } | null;
    problems: { code: string }[];
  };
};
const confirm = (orderId: string, viewer = operator) =>
  change('confirmOrder(orderId: $orderId)', orderId, viewer);
const extend = (orderId: string) => change('extendHold(orderId: $orderId, minutes: 60)', orderId);
const movementsOf = (orderId: string) => service.column(`stockMovements(orderId: "${orderId}")`, 'kind');

async function held(quantity: number, customerId = 'anna'): Promise<string> {
  const order = anOrderPlaced({ CUP: quantity }, { country: 'IE', customerId });
  await service.state(order);
  await waitFor('decided', async () => (await service.statusOf(order.data.orderId)) !== null);
  return order.data.orderId;
}

describe('a hold', () => {
  it('that nobody confirms ends by itself: its units are free, all who watch are told, and it cannot be confirmed', async () => {
    const nats = await connectNats({
      url: service.natsUrl,
      name: 'watcher',
      signal: AbortSignal.timeout(5_000),
      log: createLogger('watcher', 'silent'),
    });
    const told: Cup[] = [];
    nats.subscribe(liveStockSubject, {
      callback: (_error, message) => {
        told.push(...message.json<{ products: Cup[] }>().products);
      },
    });
    await nats.flush();
    const before = await cup();
    const orderId = await held(50);
    const readings: Cup[] = [];
    await waitFor('free', async () => {
      readings.push(await cup());
      return readings.at(-1)!.available === before.available && readings.length > 1;
    });
    await statusBecomes(orderId, 'EXPIRED');
    const after = await cup();
    readings.push(after);
    expect(after.available).toBe(before.available);
    for (const [index, { availableVersion, available }] of readings.entries()) {
      const last = readings[index - 1];
      if (last === undefined) continue;
      expect(availableVersion).toBeGreaterThanOrEqual(last.availableVersion);
      if (available !== last.available) expect(availableVersion).toBeGreaterThan(last.availableVersion);
    }
    await waitFor('told', () => told.at(-1)?.availableVersion === after.availableVersion);
    expect(told.at(-1)!.available).toBe(after.available);
    expect(await movementsOf(orderId)).toEqual(['EXPIRED', 'RESERVED']);
    expect((await confirm(orderId)).problems).toEqual([{ code: 'HOLD_EXPIRED' }]);
    expect((await extend(orderId)).problems).toEqual([{ code: 'HOLD_EXPIRED' }]);
    await nats.close();
  });

  it('that its customer confirms stays, when confirmed again too, and is shipped off the books', async () => {
    const { data } = await service.ask('{ facility(id: "dublin") { totals { onHand reserved } } }');
    const orderId = await held(3);
    expect((await confirm(orderId, customer('ben'))).problems).toEqual([{ code: 'ORDER_NOT_FOUND' }]);
    for (let repeat = 0; repeat < 2; repeat += 1) {
      expect(await confirm(orderId, customer('anna'))).toEqual({
        order: { id: orderId, reservation: { status: 'HELD', expiresAt: null } },
        problems: [],
      });
    }
    const lost = await held(1);
    await statusBecomes(lost, 'EXPIRED');
    expect(await service.statusOf(orderId)).toBe('HELD');
    await service.state(anOrderShipping(orderId));
    await statusBecomes(orderId, 'SHIPPED');
    expect(await movementsOf(orderId)).toEqual(['SHIPPED', 'RESERVED']);
    const { totals } = data!['facility'] as { totals: { onHand: number; reserved: number } };
    const now = await service.ask('{ facility(id: "dublin") { totals { onHand reserved } } }');
    expect(now.data).toEqual({
      facility: { totals: { onHand: totals.onHand - 3, reserved: totals.reserved } },
    });
    expect(await service.column('reservations(status: SHIPPED)', 'status')).toEqual(['SHIPPED']);
  });

  it('that is extended outlives its first end', async () => {
    const [orderId, lost] = [await held(2), await held(1)];
    const extended = await extend(orderId);
    expect(extended.problems).toEqual([]);
    expect(Date.parse(extended.order!.reservation.expiresAt!)).toBeGreaterThan(Date.now() + 3_000_000);
    await statusBecomes(lost, 'EXPIRED');
    expect(await service.statusOf(orderId)).toBe('HELD');
  });
});
