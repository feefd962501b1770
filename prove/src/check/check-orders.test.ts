import { expect, test } from '@jest/globals';
import { aRun, ask, customer, factsOf, found, orderOf, reservationOf } from './testing/a-run.ts';

const lines = [{ sku: 'tea', quantity: 2 }];
const asked = { kind: 'place', key: 'key of reserved', lines } as const;

test('finds nothing wrong with a run in which all is well', async () => {
  expect(await found(aRun())).toEqual([]);
});

test('finds an order lost that a client was told of', async () => {
  const run = aRun();
  ask(run, { kind: 'place', key: 'gone', lines }, { orderId: 'gone', version: 1, status: 'PENDING' });
  expect(await found(run)).toEqual(['kept lost', 'once lost', 'told lost']);
});

test('finds a change lost that a client was told of', async () => {
  const run = aRun();
  ask(run, { kind: 'read', orderId: 'reserved' }, { version: 3, status: 'CANCELLED' });
  expect(await found(run)).toEqual(['kept lost', 'told lost']);
});

test('finds a key that was answered with two orders', async () => {
  const run = aRun();
  ask(run, { ...asked, kind: 'repeat' }, { orderId: 'cancelled', version: 3, status: 'CANCELLED' });
  expect(await found(run)).toEqual(['once doubled']);
});

test('finds two orders of one customer with one key, though each client was told of one', async () => {
  const run = aRun();
  orderOf(run, 'cancelled').reference = 'key of reserved';
  expect(await found(run)).toEqual(['once doubled']);
});

test('finds an order that nobody placed', async () => {
  const run = aRun();
  run.history.splice(
    0,
    run.history.length,
    ...run.history.filter((line) => !('key' in line) || line.key !== 'key of rejected'),
  );
  expect(await found(run)).toEqual(['once other']);
});

test('accepts an unknown place that is there once, and one that is not there', async () => {
  const run = aRun();
  ask(run, asked, { phase: 'unknown' });
  const nowhere = { kind: 'place', key: 'nowhere', lines } as const;
  ask(run, nowhere, { phase: 'unknown' });
  ask(run, { ...nowhere, kind: 'repeat' }, { problem: 'PRICE_CHANGED' });
  expect(await found(run)).toEqual([]);
});

test('finds an unknown place that no repeat of its key settled', async () => {
  const run = aRun();
  ask(run, { kind: 'place', key: 'nowhere', lines }, { phase: 'unknown' });
  expect(await found(run)).toEqual(['once stuck']);
});

test('finds a place that was refused and done', async () => {
  const run = aRun();
  for (const line of run.history)
    if ('key' in line && line.key === 'key of rejected' && line.phase === 'ok')
      Object.assign(line, { phase: 'fail', orderId: undefined });
  expect(await found(run)).toEqual(['once other']);
});

test('finds other content answered with the order of its key', async () => {
  const run = aRun();
  const others = [{ sku: 'tea', quantity: 9 }];
  ask(
    run,
    { ...asked, kind: 'repeat', lines: others },
    { orderId: 'reserved', version: 2, status: 'RESERVED' },
  );
  expect(await found(run)).toEqual(['once other']);
});

test('accepts other content under a key that was refused', async () => {
  const run = aRun();
  const others = [{ sku: 'tea', quantity: 9 }];
  ask(run, { ...asked, kind: 'repeat', lines: others }, { problem: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await found(run)).toEqual([]);
});

test('finds a read that shows an older version than was told before it was asked', async () => {
  const run = aRun();
  ask(run, { kind: 'read', orderId: 'delivered' }, { version: 2, status: 'RESERVED' });
  expect(await found(run)).toEqual(['told lost']);
});

test('accepts an older version in an answer to what was asked before the newer was told', async () => {
  const run = aRun();
  const line = { kind: 'read', client: 'm2', customer, op: 9_999, gateway: 1, orderId: 'reserved' } as const;
  run.history.splice(1, 0, { ...line, phase: 'invoke' });
  run.history.push({ ...line, phase: 'ok', version: 1, status: 'PENDING' });
  expect(await found(run)).toEqual([]);
});

test('finds an order that its customer is told does not exist, and lets a stranger be told so', async () => {
  const run = aRun();
  ask(run, { kind: 'cancel', orderId: 'reserved', customer: 'stranger' }, { problem: 'ORDER_NOT_FOUND' });
  expect(await found(run)).toEqual([]);
  ask(run, { kind: 'cancel', orderId: 'reserved' }, { problem: 'ORDER_NOT_FOUND' });
  expect(await found(run)).toEqual(['told lost']);
});

test('finds a gap in the versions of an order', async () => {
  const run = aRun();
  const facts = run.snapshot['journal-orders'];
  facts.splice(facts.indexOf(factsOf(run, 'cancelled')[1]!), 1);
  expect(await found(run)).toEqual(expect.arrayContaining(['versions lost', 'versions other']));
});

test('finds a version that stands twice', async () => {
  const run = aRun();
  const facts = run.snapshot['journal-orders'];
  const [first] = factsOf(run, 'reserved');
  facts.splice(facts.indexOf(first!), 0, first!);
  expect(await found(run)).toEqual(expect.arrayContaining(['versions doubled']));
});

test('finds a change that no order may make', async () => {
  const run = aRun();
  Object.assign(factsOf(run, 'rejected')[1]!, { type: 'OrderShipping', to: 'SHIPPING' });
  orderOf(run, 'rejected').status = 'SHIPPING';
  expect(await found(run)).toEqual(expect.arrayContaining(['versions other', 'endings other']));
});

test('finds an order that does not stand where its last fact left it', async () => {
  const run = aRun();
  orderOf(run, 'delivered').version = 5;
  expect(await found(run)).toEqual(['subscribers stuck', 'versions lost']);
});

test('finds an order RESERVED whose cancel was acknowledged', async () => {
  const run = aRun();
  ask(run, { kind: 'cancel', orderId: 'reserved' }, {});
  expect(await found(run)).toEqual(['endings lost']);
});

test('accepts an unknown cancel that was done, and one that was not', async () => {
  const run = aRun();
  for (const orderId of ['reserved', 'cancelled'])
    ask(run, { kind: 'cancel', orderId }, { phase: 'unknown' });
  expect(await found(run)).toEqual([]);
});

test('finds an order cancelled by its customer, who did not ask for it', async () => {
  const run = aRun();
  for (const line of run.history)
    if (line.kind === 'cancel' && line.phase === 'ok') Object.assign(line, { phase: 'fail' });
  expect(await found(run)).toEqual(['endings other']);
});

test('finds a hold that ran out after its confirmation was acknowledged', async () => {
  const run = aRun();
  ask(run, { kind: 'confirm', orderId: 'expired' }, {});
  expect(await found(run)).toEqual(['endings lost']);
});

test('finds a confirmed hold that still has an end', async () => {
  const run = aRun();
  reservationOf(run, 'confirmed').expiresAtMs = Date.UTC(2040, 0, 1);
  expect(await found(run)).toEqual(['endings lost', 'endings other']);
});

test('finds a hold taken before its end, and before the end that an extension was answered with', async () => {
  const run = aRun();
  ask(run, { kind: 'extend', orderId: 'expired' }, { expiresAt: '2040-01-01T00:00:00.000Z' });
  expect(await found(run)).toEqual(['endings lost']);
  reservationOf(run, 'expired').expiresAtMs = Date.UTC(2040, 0, 1);
  expect(await found(run)).toEqual(['endings lost', 'moved lost']);
});

test('finds an order that was given up before its time', async () => {
  const run = aRun();
  run.settings = { orderDecisionMs: 10 };
  orderOf(run, 'cancelled').cancellationCode = 'UNDECIDED';
  expect(await found(run)).toEqual([]);
  run.settings = { orderDecisionMs: 300_000 };
  expect(await found(run)).toEqual(['endings lost']);
});
