import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import {
  aWorkbench,
  handWrittenHeaders,
  onceEach,
  orderPlacedSubject,
  type Workbench,
} from './consumer-workbench.ts';
import { enterInbox } from './inbox.ts';
import { listParked } from './list-parked.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

let servers: TestServers;
let bench: Workbench;
beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  bench = await aWorkbench(servers);
});
afterEach(() => bench.close());

const orders = (count: number) => Array.from({ length: count }, () => anOrderPlaced());
const allAcknowledged = (deadlineMs?: number) =>
  waitFor('every message is acknowledged', async () => (await bench.unfinished()) === 0, deadlineMs);
const parked = () => listParked(bench.database, { first: 100 });

/** A point that a handler reaches and waits at until it is opened. */
function aGate() {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    pass: () => {
      reached.resolve();
      return opened.promise;
    },
  };
}

describe('nothing is applied twice', () => {
  it('when a message comes twice', async () => {
    const [fact] = orders(1);
    bench.start();
    await bench.publish(fact!);
    await waitFor('it is applied', async () => (await bench.applied())[fact!.eventId]);
    await bench.publish(fact!);
    await allAcknowledged();
    expect(await bench.applied()).toEqual(onceEach([fact!]));
  });

  it('when its ack is lost', async () => {
    const facts = orders(3);
    for (const fact of facts) await bench.publish(fact);
    // The stopped server takes the acks into its socket and is killed before it can read them.
    bench.start(async () => {
      if (bench.calls.length === 1) process.kill(servers.nats.pid, 'SIGSTOP');
    });
    await waitFor('all are applied, and so acknowledged', async () => bench.delivered.facts === 3);
    await servers.nats.kill();
    await servers.nats.start();
    await allAcknowledged();
    expect(await bench.applied()).toEqual(onceEach(facts));
    // They came again: as further deliveries, or as first ones where the server had lost the deliveries too.
    const info = await (await jetstreamManager(bench.nats)).consumers.info('ORDERS', 'inventory-orders');
    expect(info.delivered.consumer_seq - facts.length + bench.delivered.repeats).toBeGreaterThan(0);
  });

  it('when it is in one batch twice', async () => {
    const facts = orders(2);
    for (const fact of [...facts, ...facts]) await bench.publish(fact);
    bench.start();
    await allAcknowledged();
    expect(bench.calls).toEqual([facts.map((fact) => fact.eventId)]);
    expect(await bench.applied()).toEqual(onceEach(facts));
  });
});

describe('a poison message', () => {
  it('is parked with its reason, and its neighbours in the batch go through', async () => {
    const facts = orders(10);
    const poison = facts[4]!;
    for (const fact of facts) await bench.publish(fact);
    bench.start(async (_, received) => {
      if (received.some((fact) => fact.eventId === poison.eventId)) throw new RangeError('no such shelf');
    });
    await allAcknowledged();
    expect(await bench.applied()).toEqual(onceEach(facts.filter((fact) => fact !== poison)));
    expect(await parked()).toMatchObject([
      {
        consumer: 'inventory-orders',
        eventId: poison.eventId,
        eventType: 'OrderPlaced',
        stream: 'ORDERS',
        streamSequence: 5,
        subject: orderPlacedSubject,
        reason: 'RangeError: no such shelf',
        attempts: 3,
        payload: JSON.stringify(poison.data),
      },
    ]);
    // In what arrived together, then alone, and two more attempts.
    const ofPoison = bench.calls.filter((call) => call.includes(poison.eventId));
    expect(ofPoison.map((call) => call.length).slice(-3)).toEqual([1, 1, 1]);
  });

  it('is handled when a later attempt succeeds, and leaves no attempts behind', async () => {
    const [fact] = orders(1);
    await bench.publish(fact!);
    bench.start(async () => {
      if (bench.calls.length < 4) throw new Error('not yet');
    });
    await allAcknowledged();
    expect(await bench.applied()).toEqual(onceEach([fact!]));
    expect(await parked()).toEqual([]);
    expect((await sql`select * from delivery_attempt`.execute(bench.database.read)).rows).toEqual([]);
  });
});

it('parks what cannot be read at once, and handles the next order within 5 s', async () => {
  const fact = anOrderPlaced();
  const good = handWrittenHeaders(fact);
  const json = JSON.stringify(fact.data);
  const { 'ce-id': _, ...withoutId } = good;
  bench.start();
  await bench.publishByHand(orderPlacedSubject, { ...good, 'ce-type': 'OrderFramed' }, json);
  await bench.publishByHand('orders.order.placed.v2', good, json);
  await bench.publishByHand(orderPlacedSubject, good, '{"orderId":');
  await bench.publishByHand(orderPlacedSubject, withoutId, json);
  await bench.publishByHand(orderPlacedSubject, {}, '');
  await bench.publish(fact);
  await waitFor('the order is handled', async () => (await bench.applied())[fact.eventId], 5_000);
  await allAcknowledged();
  expect((await parked()).map(({ reason, attempts }) => [reason.split(':')[0], attempts])).toEqual([
    ['UNKNOWN_TYPE', 0],
    ['NEWER_MAJOR', 0],
    ['BROKEN_JSON', 0],
    ['MISSING_HEADER', 0],
    ['MISSING_HEADER', 0],
  ]);
});

it('parks a message that names itself by more than an index can hold', async () => {
  const ownName = Array.from({ length: 200 }, () => crypto.randomUUID()).join('');
  bench.start();
  await bench.publishByHand(orderPlacedSubject, { 'ce-id': ownName, 'ce-type': ownName }, 'no JSON');
  await allAcknowledged();
  expect(await parked()).toMatchObject([
    { eventId: ownName.slice(0, 200), eventType: ownName.slice(0, 200), headers: { 'ce-id': [ownName] } },
  ]);
});

describe('a stop while a batch is in work', () => {
  it('finishes it and gives back what had not begun, at once', async () => {
    const facts = orders(60);
    const gate = aGate();
    const first = bench.start(gate.pass, { batchSize: 10, ackWaitMs: 30_000 });
    for (const fact of facts) await bench.publish(fact);
    await gate.reached;
    let isStopped = false;
    const stopped = first.stop().then(() => {
      isStopped = true;
    });
    expect(await bench.applied()).toEqual({});
    expect(isStopped).toBe(false);
    gate.open();
    await stopped;
    const handledByFirst = Object.keys(await bench.applied()).length;
    expect(handledByFirst).toBeGreaterThan(0);
    expect(handledByFirst).toBeLessThan(60);
    expect(bench.calls).toHaveLength(1);
    bench.start(undefined, { ackWaitMs: 30_000 });
    await allAcknowledged(10_000);
    expect(await bench.applied()).toEqual(onceEach(facts));
  });

  it('ends between two messages that run alone', async () => {
    const facts = orders(10);
    for (const fact of facts) await bench.publish(fact);
    const gate = aGate();
    const first = bench.start(async (_, received) => {
      if (received.length > 1) throw new Error('only one by one');
      await gate.pass();
    });
    await gate.reached;
    const stopped = first.stop();
    gate.open();
    await stopped;
    expect(Object.keys(await bench.applied())).toHaveLength(1);
    bench.start();
    await allAcknowledged();
    expect(await bench.applied()).toEqual(onceEach(facts));
  });
});

it('writes the inboxes of two batches that hold the same facts in opposite order without a deadlock', async () => {
  for (let round = 0; round < 5; round += 1) {
    const entries = orders(2_000).map(({ eventId }) => ({ eventId, message: null }));
    const entered = await Promise.all(
      [entries, entries.toReversed()].map((given) =>
        bench.database.transaction(async (tx) => {
          const ownIds = await enterInbox(tx, 'inventory-orders', given);
          await setImmediate();
          return ownIds.size;
        }),
      ),
    );
    expect(entered.toSorted((a, b) => a - b)).toEqual([0, 2_000]);
  }
});

describe('a PostgreSQL that is restarted', () => {
  it('in the middle of a batch parks nothing, counts no attempt and loses nothing', async () => {
    const facts = orders(20);
    for (const fact of facts) await bench.publish(fact);
    const gate = aGate();
    bench.start(gate.pass, { maxAttempts: 1 });
    await gate.reached;
    await servers.postgres.restart();
    gate.open();
    await allAcknowledged();
    expect(await parked()).toEqual([]);
    expect(await bench.applied()).toEqual(onceEach(facts));
  });

  it('in the middle of a run alone takes that run back', async () => {
    const [fact] = orders(1);
    await bench.publish(fact!);
    const gate = aGate();
    bench.start(
      async () => {
        if (bench.calls.length === 1) throw new Error('fails as a batch, so that it runs alone');
        await gate.pass();
      },
      { maxAttempts: 1 },
    );
    await gate.reached;
    await servers.postgres.restart();
    gate.open();
    await allAcknowledged();
    expect(await parked()).toEqual([]);
    expect(await bench.applied()).toEqual(onceEach([fact!]));
  });

  it('stops the pulling until it is back', async () => {
    const facts = orders(5);
    bench.start();
    await bench.publish(facts[0]!);
    await allAcknowledged();
    await servers.postgres.stop();
    for (const fact of facts.slice(1)) await bench.publish(fact);
    await waitFor('they were delivered and given back', async () => (await bench.unfinished()) === 4);
    await servers.postgres.start();
    await allAcknowledged();
    expect(await parked()).toEqual([]);
    expect(await bench.applied()).toEqual(onceEach(facts));
  });
});

it('goes on after a restart of nats-server in the middle of a batch, parks nothing and applies all once', async () => {
  const facts = orders(30);
  for (const fact of facts) await bench.publish(fact);
  const gate = aGate();
  bench.start(gate.pass, { maxAttempts: 1, batchSize: 10 });
  await gate.reached;
  await servers.nats.restart();
  gate.open();
  await allAcknowledged();
  expect(await parked()).toEqual([]);
  expect(await bench.applied()).toEqual(onceEach(facts));
});

it('keeps a batch that outlasts the ack wait from being delivered again', async () => {
  const facts = orders(5);
  for (const fact of facts) await bench.publish(fact);
  bench.start(async (tx) => {
    await sql`select pg_sleep(2.5)`.execute(tx);
  });
  await allAcknowledged();
  const info = await (await jetstreamManager(bench.nats)).consumers.info('ORDERS', 'inventory-orders');
  expect(info.delivered.consumer_seq).toBe(5);
});
