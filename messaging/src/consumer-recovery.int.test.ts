import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AckPolicy, DeliverPolicy, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePosition, readPosition, remakeConsumer, RetentionError } from './consumer-position.ts';
import { aWorkbench, onceEach, quickSettings, type Workbench } from './consumer-workbench.ts';
import type { Fact } from './facts.ts';
import { storedGeneration } from './generation.ts';
import { listParked } from './list-parked.ts';
import { anOrderPlaced, waitFor } from './testing.ts';

const consumer = 'inventory-orders';
let servers: TestServers;
let bench: Workbench;
let manager: JetStreamManager;
beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());
beforeEach(async () => {
  bench = await aWorkbench(servers);
  manager = await jetstreamManager(bench.nats, { checkAPI: false });
});
afterEach(() => bench.close());

const orders = (count: number) => Array.from({ length: count }, () => anOrderPlaced());
const publishAll = async (facts: readonly Fact[], generation?: number) => {
  for (const fact of facts) await bench.publish(fact, generation);
};
const natsAnswers = () =>
  waitFor('the stream is there', () => manager.streams.info('ORDERS').catch(() => null));
const allApplied = (facts: readonly Fact[], deadlineMs?: number) =>
  waitFor(
    'all are applied',
    async () =>
      Object.keys(await bench.applied()).length === facts.length && (await bench.unfinished()) === 0,
    deadlineMs,
  );

describe('a consumer goes on', () => {
  it('when it was deleted under its process', async () => {
    const [before, after] = [orders(3), orders(3)];
    bench.start();
    await publishAll(before);
    await allApplied(before);
    await manager.consumers.delete('ORDERS', consumer);
    await publishAll(after);
    await allApplied([...before, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...before, ...after]));
  });

  it('when its stream was deleted and is filled again', async () => {
    const [before, after] = [orders(3), orders(2)];
    bench.start();
    await publishAll(before);
    await allApplied(before);
    await manager.streams.delete('ORDERS');
    await natsAnswers();
    await publishAll([...before, ...after], 1);
    await allApplied([...before, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...before, ...after]));
  });

  it('when nats-server was frozen for longer than its heartbeats may be missing', async () => {
    const [before, after] = [orders(2), orders(2)];
    bench.start();
    await publishAll(before);
    await allApplied(before);
    process.kill(servers.nats.pid, 'SIGSTOP');
    await delay(6_000);
    process.kill(servers.nats.pid, 'SIGCONT');
    await publishAll(after);
    await allApplied([...before, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...before, ...after]));
  });

  it('when the tail of its stream was lost and it was ahead', async () => {
    const [kept, lost, after] = [orders(5), orders(10), orders(3)];
    const messages = join(servers.nats.storeFolder, 'jetstream/$G/streams/ORDERS/msgs');
    bench.start();
    await publishAll(kept);
    await allApplied(kept);
    await servers.nats.stop();
    await cp(messages, `${messages}-kept`, { recursive: true });
    await servers.nats.start();
    await natsAnswers();
    await publishAll(lost);
    await allApplied([...kept, ...lost]);
    await servers.nats.stop();
    // The messages go back to the earlier copy; what the server knows of the consumer stays ahead of them.
    await rm(messages, { recursive: true });
    await cp(`${messages}-kept`, messages, { recursive: true });
    await rm(`${messages}-kept`, { recursive: true });
    await servers.nats.start();
    await natsAnswers();
    await publishAll([...lost, ...after], 1);
    await allApplied([...kept, ...lost, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...kept, ...lost, ...after]));
    expect(await readPosition(bench.nats, consumer)).toEqual({ isAhead: false, stalledAt: null });
  });
});

describe('a message whose handling fails since the database', () => {
  /** Fails with the code until told otherwise; resolves with how often by then. */
  const failing = async (code: string, until: (tries: number) => Promise<boolean> | boolean) => {
    const [fact] = orders(1);
    let isFailing = true;
    let tries = 0;
    bench.start(
      async (tx) => {
        if (!isFailing) return;
        tries += 1;
        await sql
          .raw(`do $$ begin raise exception using errcode = '${code}', message = 'no'; end $$`)
          .execute(tx);
      },
      { maxAttempts: 1, mostExcuses: 1 },
    );
    await bench.publish(fact!);
    await waitFor('it has failed for long', () => until(tries), 40_000);
    isFailing = false;
    return fact!;
  };
  const parkedCount = async () => (await listParked(bench.database, { first: 5 })).length;

  it('has no room left is handled when there is room again, and was not to blame', async () => {
    const fact = await failing('53100', (tries) => tries === 6);
    await allApplied([fact], 40_000);
    expect(await bench.applied()).toEqual(onceEach([fact]));
    expect(await parkedCount()).toBe(0);
  });

  it('goes down with it each time is parked in the end', async () => {
    await failing('57P02', async () => (await parkedCount()) === 1);
    expect(await bench.applied()).toEqual({});
  });
});

describe('a consumer that meets a higher generation', () => {
  /** As a rewound stream leaves a consumer that was ahead of it. */
  const skipTo = async (sequence: number) => {
    await manager.consumers.delete('ORDERS', consumer);
    await manager.consumers.add('ORDERS', {
      durable_name: consumer,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: sequence,
      filter_subject: 'orders.>',
    });
  };

  it('is made anew and applies what it had skipped', async () => {
    const [skipped, after] = [orders(5), orders(1)];
    await publishAll(skipped, 1);
    await skipTo(6);
    bench.start();
    await publishAll(after, 1);
    await allApplied([...skipped, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...skipped, ...after]));
    expect(await storedGeneration(bench.database, consumer)).toBe(1);
  });

  it('is not made anew for the same generation twice', async () => {
    bench.start();
    const [first, second] = [orders(1), orders(1)];
    await publishAll(first, 3);
    await allApplied(first);
    const { created } = await manager.consumers.info('ORDERS', consumer);
    await publishAll(second, 3);
    await allApplied([...first, ...second]);
    expect((await manager.consumers.info('ORDERS', consumer)).created).toBe(created);
  });

  it('does not skip what was still to be tried again, however old', async () => {
    const [old, after] = [orders(1), orders(1)];
    let isOldRefused = true;
    bench.start(
      async (_, facts) => {
        if (isOldRefused && facts.some((fact) => fact.eventId === old[0]!.eventId))
          throw new Error('not now');
      },
      { retryDelaysMs: [60_000], tailHorizonMs: 1 },
    );
    await publishAll(old);
    await waitFor('it was tried as a batch and alone', () => bench.calls.length === 2);
    await delay(50); // Older than the horizon.
    isOldRefused = false;
    await publishAll(after, 1);
    await allApplied([...old, ...after]);
    expect(await bench.applied()).toEqual(onceEach([...old, ...after]));
  });
});

it('shares its messages among replicas and applies each once', async () => {
  const facts = orders(400);
  bench.start(undefined, { batchSize: 20 });
  bench.start(undefined, { batchSize: 20 });
  await Promise.all(facts.map((fact) => bench.publish(fact)));
  await allApplied(facts);
  expect(await bench.applied()).toEqual(onceEach(facts));
  expect(await listParked(bench.database, { first: 1 })).toEqual([]);
});

it('refuses a stream that keeps messages longer than the inbox remembers them', async () => {
  const ensuring = (maxAgeMs: number) => ensurePosition(bench.nats, consumer, {}, maxAgeMs);
  await expect(ensuring(14 * 24 * 60 * 60_000)).rejects.toThrow(RetentionError);
  await expect(ensuring(14 * 24 * 60 * 60_000 + 1)).resolves.toBeUndefined();
});

describe('a consumer that is made anew', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each([60, -60])('skips nothing when the clock of its process is %s minutes off', async (minutes) => {
    const facts = orders(3);
    const running = bench.start();
    await publishAll(facts);
    await allApplied(facts);
    await running.stop();
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + minutes * 60_000);
    await remakeConsumer(bench.nats, consumer, quickSettings);
    expect((await manager.consumers.info('ORDERS', consumer)).num_pending).toBe(3);
  });

  it('begins with the first message of a stream that is empty', async () => {
    await remakeConsumer(bench.nats, consumer, quickSettings);
    const facts = orders(2);
    bench.start();
    await publishAll(facts);
    await allApplied(facts);
  });
});
