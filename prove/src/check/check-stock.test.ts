import { expect, test } from '@jest/globals';
import { aRun, ask, found, move, orderOf, reservationOf } from './testing/a-run.ts';

const delivery = { sku: 'tea', facilityId: 'leeds', zone: 'PRIMARY', quantity: 5 } as const;

test('finds more reserved than on hand in the middle of the ledger, though it ends well', async () => {
  const run = aRun();
  const [received, ...others] = run.snapshot.movements.splice(0);
  run.snapshot.movements.push(received!);
  move(run, 'ADJUSTED', -97, 0, null, null);
  for (const { kind, onHandChange, reservedChange, orderId } of others)
    move(run, kind, onHandChange, reservedChange, orderId, null);
  move(run, 'ADJUSTED', 97, 0, null, null);
  expect(await found(run)).toEqual(['ledger oversold']);
});

test('finds a movement that does not follow from the one before', async () => {
  const run = aRun();
  run.snapshot.movements[2]!.reservedAfter += 1;
  expect(await found(run)).toEqual(['ledger oversold']);
});

test('finds a level that does not stand where its ledger ends', async () => {
  const run = aRun();
  run.snapshot.levels[0]!.onHand += 1;
  expect(await found(run)).toEqual(['ledger oversold']);
});

test('finds fewer units reserved than are promised', async () => {
  const run = aRun();
  run.snapshot.levels[0]!.reserved = 2;
  expect(await found(run)).toEqual(['held oversold', 'ledger oversold']);
});

test('finds a RESERVED order whose reservation is released', async () => {
  const run = aRun();
  reservationOf(run, 'reserved').status = 'RELEASED';
  expect(await found(run)).toEqual(['held other', 'moved other', 'tied oversold']);
});

test('finds a cancelled order whose stock was never released', async () => {
  const run = aRun();
  reservationOf(run, 'cancelled').status = 'HELD';
  expect(await found(run)).toEqual(expect.arrayContaining(['tied stuck']));
});

test('finds an order that is tied in part', async () => {
  const run = aRun();
  orderOf(run, 'reserved').lines = [
    { sku: 'tea', quantity: 2 },
    { sku: 'cups', quantity: 1 },
  ];
  expect(await found(run)).toEqual(['once other', 'tied oversold']);
});

test('finds a reservation of an order that does not exist', async () => {
  const run = aRun();
  run.snapshot.reservations.push({
    orderId: 'gone',
    status: 'TOMBSTONE',
    version: 1,
    expiresAtMs: null,
    allocations: [],
  });
  expect(await found(run)).toEqual(['tied lost']);
});

test('finds stock of one order released twice', async () => {
  const run = aRun();
  move(run, 'RELEASED', 0, -2, 'cancelled', null);
  run.snapshot.levels[0]!.reserved -= 2;
  expect(await found(run)).toEqual(['held oversold', 'moved doubled']);
});

test('finds shipped units that are still on hand', async () => {
  const run = aRun();
  const shipped = run.snapshot.movements.find(({ kind }) => kind === 'SHIPPED')!;
  shipped.onHandChange = 0;
  expect(await found(run)).toEqual(['ledger other', 'ledger oversold']);
});

test('finds an order that was decided twice', async () => {
  const run = aRun();
  const facts = run.snapshot['journal-inventory'];
  facts.splice(1, 0, { ...facts[0]!, version: 2 });
  expect(await found(run)).toEqual(['decided doubled']);
});

test('finds received stock that is not in the ledger', async () => {
  const run = aRun();
  ask(run, { kind: 'receive', key: 'lost delivery', stock: [delivery] }, {});
  expect(await found(run)).toEqual(['received lost']);
});

test('finds received stock counted twice', async () => {
  const run = aRun();
  move(run, 'RECEIVED', 100, 0, null, 'delivery');
  run.snapshot.levels[0]!.onHand += 100;
  expect(await found(run)).toEqual(['received doubled']);
});

test('accepts an unknown receipt that was done or not, and finds one done in part', async () => {
  const run = aRun();
  const stock = [delivery, { ...delivery, sku: 'cups' }];
  ask(run, { kind: 'receive', key: 'unknown delivery', stock }, { phase: 'unknown' });
  expect(await found(run)).toEqual([]);
  move(run, 'RECEIVED', 5, 0, null, 'unknown delivery');
  run.snapshot.levels[0]!.onHand += 5;
  expect(await found(run)).toEqual(['received other']);
});

test('finds units said to be available that are below zero', async () => {
  const run = aRun();
  ask(run, { kind: 'read' }, { available: -1 });
  expect(await found(run)).toEqual(['told oversold']);
});
