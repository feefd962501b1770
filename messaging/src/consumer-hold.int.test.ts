import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { heldUntil, holdConsumer } from './consumer-hold.ts';
import { remakeConsumer } from './consumer-position.ts';
import { aWorkbench, onceEach, quickSettings, type Workbench } from './consumer-workbench.ts';
import { anOrderPlaced, waitFor } from './testing.ts';
import { ensureConsumer } from './topology.ts';

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

const inMs = (ms: number): Date => new Date(Date.now() + ms);
const hold = (ms: number) => holdConsumer(bench.nats, consumer, inMs(ms));
const holdEnd = async () => heldUntil(await manager.consumers.info('ORDERS', consumer));
const appliedAll = (count: number, deadlineMs?: number) =>
  waitFor(
    `${count} are applied`,
    async () => Object.keys(await bench.applied()).length === count,
    deadlineMs,
  );

describe('a consumer that is held', () => {
  it('gets nothing, does not take the silence for a stall, and goes on by itself when the hold ends', async () => {
    const facts = Array.from({ length: 4 }, () => anOrderPlaced());
    bench.start();
    await bench.publish(facts[0]!);
    await appliedAll(1);
    // Longer than the three heartbeats of 2 s after which the consumer would be opened anew.
    const until = await hold(9_000);
    for (const fact of facts.slice(1)) await bench.publish(fact);
    await delay(until!.getTime() - 500 - Date.now());
    expect(await bench.applied()).toEqual(onceEach(facts.slice(0, 1)));
    await appliedAll(4, 3_000);
    expect(await bench.applied()).toEqual(onceEach(facts));
    expect(bench.logged.filter((event) => event !== 'delivered')).toEqual([]);
    expect(await holdEnd()).toBeNull();
  });

  it('goes on at once when the hold is ended', async () => {
    bench.start();
    await bench.publish(anOrderPlaced());
    await appliedAll(1);
    expect(await hold(60_000)).not.toBeNull();
    await bench.publish(anOrderPlaced());
    expect(await holdConsumer(bench.nats, consumer, null)).toBeNull();
    await appliedAll(2, 2_000);
  });

  it('stays held when its settings change, when it is made anew and when its process starts again', async () => {
    const until = await hold(60_000);
    expect(await holdEnd()).toEqual(until);
    await ensureConsumer(bench.nats, consumer, { ...quickSettings, maxAckPending: 77 });
    expect((await manager.consumers.info('ORDERS', consumer)).config.max_ack_pending).toBe(77);
    expect(await holdEnd()).toEqual(until);
    await remakeConsumer(bench.nats, consumer, quickSettings);
    expect(await holdEnd()).toEqual(until);
    await bench.start().stop();
    await bench.publish(anOrderPlaced());
    bench.start();
    await servers.nats.restart();
    await waitFor('NATS answers', () => holdEnd().catch(() => null));
    expect(await holdEnd()).toEqual(until);
    expect(await bench.applied()).toEqual({});
  });

  it('stops at once', async () => {
    const running = bench.start();
    await bench.publish(anOrderPlaced());
    await appliedAll(1);
    await hold(60_000);
    await bench.publish(anOrderPlaced());
    const startedAtMs = performance.now();
    await running.stop();
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    expect(Object.keys(await bench.applied())).toHaveLength(1);
  });
});
