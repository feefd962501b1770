import { expect, test } from '@jest/globals';
import type { EventLine, HistoryLine, Unstamped } from './history.ts';
import { aRun, checked, factsOf, found, type Run } from './testing/a-run.ts';

const isEvent = (line: Unstamped<HistoryLine>): line is Unstamped<EventLine> => line.kind === 'event';
const eventsOf = (run: Run, id: string) =>
  run.history.filter(isEvent).filter(({ orderId }) => orderId === id);

/** Puts lines into the history before the event of a version. */
function before(run: Run, id: string, version: number, ...lines: Unstamped<HistoryLine>[]): void {
  const event = eventsOf(run, id).find((line) => line.version === version)!;
  run.history.splice(run.history.indexOf(event), 0, ...lines);
}

const loss = {
  kind: 'subscriber',
  client: 'm1',
  orderId: 'delivered',
  phase: 'lost',
  gateway: 0,
  reason: 'closed 1006',
} as const;
const resumption = {
  kind: 'subscriber',
  client: 'm1',
  orderId: 'delivered',
  phase: 'resumed',
  gateway: 1,
  after: 2,
} as const;

test('accepts a subscriber that goes on elsewhere after a loss, and counts it', async () => {
  const run = aRun();
  before(run, 'delivered', 3, loss, resumption);
  const { totals, sometimes } = await checked(run);
  expect(Object.values(totals)).toEqual([0, 0, 0, 0, 0]);
  expect(sometimes['subscription resumed elsewhere']).toBe(1);
});

test('finds a version that a subscriber saw twice after it went on elsewhere', async () => {
  const run = aRun();
  before(run, 'delivered', 3, loss, resumption, eventsOf(run, 'delivered')[1]!);
  expect(await found(run)).toEqual(['subscribers doubled']);
});

test('finds a version that a subscriber never saw', async () => {
  const run = aRun();
  run.history.splice(run.history.indexOf(eventsOf(run, 'delivered')[2]!), 1);
  expect(await found(run)).toEqual(['subscribers lost']);
});

test('finds versions that a subscriber saw out of order', async () => {
  const run = aRun();
  const [, second, third] = eventsOf(run, 'delivered');
  const at = run.history.indexOf(second!);
  run.history.splice(at, 2, third!, second!);
  expect(await found(run)).toEqual(['subscribers doubled', 'subscribers lost']);
});

test('finds a subscriber that waits for a change in vain', async () => {
  const run = aRun();
  run.history.splice(run.history.indexOf(eventsOf(run, 'reserved')[1]!), 2);
  expect(await found(run)).toEqual(['subscribers stuck']);
});

test('expects nothing more of a subscriber that left', async () => {
  const run = aRun();
  run.history.splice(run.history.indexOf(eventsOf(run, 'reserved')[1]!), 2, {
    ...loss,
    orderId: 'reserved',
    phase: 'done',
    reason: 'left',
  });
  expect(await found(run)).toEqual([]);
});

test('finds an event that is not the one in the journal', async () => {
  const run = aRun();
  Object.assign(eventsOf(run, 'reserved')[0]!, { eventId: 'another' });
  expect(await found(run)).toEqual(['subscribers other']);
});

test('finds an event about a state that the journal does not have, also one that the operator heard', async () => {
  const run = aRun();
  const [placed] = factsOf(run, 'rejected');
  const heard = {
    kind: 'event',
    scope: 'all',
    client: 'operator',
    orderId: 'rejected',
    eventId: placed!.eventId,
  } as const;
  run.history.push({ ...heard, version: 1, status: 'PENDING' });
  expect(await found(run)).toEqual([]);
  run.history.push({ ...heard, version: 1, status: 'RESERVED' });
  expect(await found(run)).toEqual(['told lost']);
});

test('finds a subscription refused because the order is not known any more', async () => {
  const run = aRun();
  before(run, 'delivered', 3, { ...loss, reason: 'ORDER_NOT_FOUND' }, resumption);
  expect(await found(run)).toEqual(['subscribers lost']);
});

test('counts a slow client as cut, unless a gateway was ended a moment before', async () => {
  const run = aRun();
  before(run, 'delivered', 3, { ...loss, wasSlow: true }, resumption);
  expect((await checked(run)).sometimes['slow client cut']).toBe(1);
  before(run, 'delivered', 2, { kind: 'fault', fault: 'kill', target: 'gateway-1', phase: 'begin' });
  expect((await checked(run)).sometimes['slow client cut']).toBe(0);
});
