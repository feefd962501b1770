import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstreamManager, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { millis, nanos, type NatsConnection } from '@nats-io/nats-core';
import { connectNats } from './connection.ts';
import { testLog } from './relay-workbench.ts';
import { consumers, ensureConsumer, ensureTopology, streams, TopologyMismatchError } from './topology.ts';

let servers: TestServers;
let nats: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  servers = await startTestServers({ parts: ['nats'] });
  const { signal } = new AbortController();
  nats = await connectNats({ url: servers.nats.url, name: 'topology', signal, log: testLog });
  manager = await jetstreamManager(nats);
});
afterAll(async () => {
  await nats?.close();
  await servers?.stop();
});
beforeEach(async () => {
  for (const stream of Object.values(streams)) await manager.streams.delete(stream).catch(() => {});
});

const configs = async () => ({
  streams: await Promise.all(
    Object.values(streams).map(async (name) => (await manager.streams.info(name)).config),
  ),
  consumers: await Promise.all(
    Object.entries(consumers).map(
      async ([name, { stream }]) => (await manager.consumers.info(stream, name)).config,
    ),
  ),
});

describe('topology', () => {
  it('creates streams that drop nothing and consumers that give up nothing', async () => {
    await ensureTopology(nats);
    const created = await configs();
    for (const config of created.streams) {
      expect(config).toMatchObject({ storage: 'file', discard: 'new', deny_purge: true, allow_direct: true });
      expect(millis(config.duplicate_window)).toBe(10 * 60 * 1000);
      expect(millis(config.max_age)).toBe(14 * 24 * 60 * 60 * 1000);
    }
    for (const config of created.consumers)
      expect(config).toMatchObject({ ack_policy: 'explicit', max_deliver: -1 });
  });

  it('changes nothing when it is repeated, also twice at once', async () => {
    await Promise.all([ensureTopology(nats), ensureTopology(nats)]);
    const before = await configs();
    await ensureTopology(nats);
    expect(await configs()).toEqual(before);
  });

  it('updates what differs in a way that can be changed', async () => {
    await ensureTopology(nats);
    await ensureTopology(nats, { streamMaxBytes: 50_000_000, ackWaitMs: 1_234 });
    const changed = await configs();
    expect(changed.streams.map((config) => config.max_bytes)).toEqual([50_000_000, 50_000_000]);
    expect(changed.consumers.map((config) => config.ack_wait)).toEqual(
      changed.consumers.map(() => nanos(1_234)),
    );
  });

  it('keeps the place of a consumer that was made from a time on', async () => {
    await ensureTopology(nats);
    await manager.consumers.delete('ORDERS', 'inventory-orders');
    await ensureConsumer(nats, 'inventory-orders', {}, { from: new Date() });
    await expect(ensureTopology(nats)).resolves.toBeUndefined();
  });

  it('fails loudly, naming stream and setting, where an existing stream cannot be changed', async () => {
    await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'], storage: StorageType.Memory });
    const attempt = ensureTopology(nats);
    await expect(attempt).rejects.toThrow(TopologyMismatchError);
    await expect(attempt).rejects.toThrow('stream ORDERS has storage "memory" and needs "file"');
  });
});
