import { expect, test } from '@jest/globals';
import { aRun, checked, found, orderOf, reservationOf } from './testing/a-run.ts';

test('finds a fact that is not in its stream', async () => {
  const run = aRun();
  run.snapshot['stream-orders'].shift();
  expect(await found(run)).toEqual(['published lost']);
});

test('accepts that a fact is older than what was filled again into a stream that was lost', async () => {
  const run = aRun();
  run.snapshot['stream-orders'].shift();
  run.snapshot['outbox-orders'].shift();
  run.history.push({
    kind: 'fault',
    fault: 'stream-deleted',
    target: 'ORDERS',
    phase: 'begin',
    detail: { losesStream: true },
  });
  expect(await found(run)).toEqual(['published lost']);
  run.settings = { tailHorizonMs: 10 };
  expect(await found(run)).toEqual([]);
});

test('finds a message that nobody stated, unless the harness sent it', async () => {
  const run = aRun();
  run.snapshot['stream-orders'].push({
    sequence: 99,
    subject: 'orders',
    messageId: 'm-1',
    eventId: 'unheard of',
  });
  expect(await found(run)).toEqual(['published other']);
  run.history.push({
    kind: 'fault',
    fault: 'poison',
    target: 'ORDERS',
    phase: 'begin',
    detail: { messageIds: ['m-1'] },
  });
  expect(await found(run)).toEqual([]);
});

test('finds a fact that a consumer never handled', async () => {
  const run = aRun();
  run.snapshot['inbox-inventory'].shift();
  expect(await found(run)).toEqual(['handled stuck']);
});

test('finds a fact handled that nobody stated', async () => {
  const run = aRun();
  run.snapshot['inbox-orders'].push({
    consumer: 'orders-reservations',
    eventId: 'unheard of',
    deliveries: 1,
  });
  expect(await found(run)).toEqual(['handled other']);
});

test('counts a fact that stands in its stream twice and was handled as absorbed', async () => {
  const run = aRun();
  const [first] = run.snapshot['stream-orders'];
  run.snapshot['stream-orders'].push({ ...first!, sequence: 99, messageId: 'copy' });
  expect((await checked(run)).sometimes['duplicate absorbed']).toBe(1);
});

test('finds an order that is still PENDING', async () => {
  const run = aRun();
  const order = orderOf(run, 'rejected');
  Object.assign(order, { status: 'PENDING', version: 1 });
  expect(await found(run)).toEqual(['rest stuck', 'versions lost']);
});

test('finds a hold that is due and still HELD', async () => {
  const run = aRun();
  reservationOf(run, 'reserved').expiresAtMs = 1_000;
  expect(await found(run)).toEqual(['rest stuck']);
});

test('finds a fact that is not published', async () => {
  const run = aRun();
  run.snapshot['outbox-inventory'][0]!.sequence = null;
  expect(await found(run)).toEqual(['rest stuck']);
});

test('finds a consumer with messages left, and one that is gone', async () => {
  const run = aRun();
  run.snapshot.consumers[0]!.ackPending = 1;
  expect(await found(run)).toEqual(['rest stuck']);
  Object.assign(run.snapshot.consumers[0]!, { pending: null, ackPending: null });
  expect(await found(run)).toEqual(['rest stuck']);
});

test('finds a run that came to rest too late', async () => {
  const run = aRun();
  run.settings = { restWithinMs: 100 };
  expect(await found(run)).toEqual(['rest stuck']);
});

test('finds an open parked message, unless the harness meant it to be parked', async () => {
  const run = aRun();
  const parked = {
    consumer: 'inventory-orders',
    eventId: null,
    stream: 'ORDERS',
    sequence: 99,
    messageId: 'm-1',
  };
  run.snapshot['parked-inventory'].push({ ...parked, reason: 'BROKEN_JSON', isOpen: true });
  expect(await found(run)).toEqual(['parked stuck']);
  run.history.push({
    kind: 'fault',
    fault: 'poison',
    target: 'ORDERS',
    phase: 'begin',
    detail: { messageIds: ['m-1'] },
  });
  const { totals, sometimes } = await checked(run);
  expect([totals.stuck, sometimes['poison parked']]).toEqual([0, 1]);
});

test('says of a long run what it never met, and nothing of a short one', async () => {
  const run = aRun();
  expect((await checked(run)).unproven).toEqual([]);
  run.settings = { longRunMs: 1_000 };
  const { unproven } = await checked(run);
  expect(unproven).toContain('tail repaired');
  expect(unproven).not.toContain('sold out');
});
