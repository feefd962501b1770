import { startTestServers, type TestServers } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { aWorkbench } from './consumer-workbench.ts';
import type { FaultPoint, FaultPointName } from './fault-points.ts';

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());

const program = join(import.meta.dirname, '../test-programs/fault-point.ts');

/** Runs it until it ends, and counts what it has left behind. */
async function remainsOf(point: FaultPoint) {
  const bench = await aWorkbench(servers);
  const { database, nats } = bench;
  const child = spawn(process.execPath, [program, database.url, servers.nats.url, JSON.stringify(point)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  const { rows } = await sql<Record<'stated' | 'marked' | 'handled' | 'applied', number>>`
    select (select count(*)::int from journal) as stated,
           (select count(sequence)::int from outbox) as marked,
           (select count(*)::int from inbox) as handled,
           (select count(*)::int from applied) as applied`.execute(database.read);
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const { state } = await manager.streams.info('ORDERS');
  const consumer = await manager.consumers.info('ORDERS', 'inventory-orders');
  await bench.close();
  return { signal, ...rows[0]!, published: state.messages, acknowledged: consumer.ack_floor.stream_seq };
}

const second = (name: FaultPointName): FaultPoint => ({ name, count: 2 });

it('a process that is to end itself when a fact is on the stream ends before it marks it', async () => {
  const remains = await remainsOf(second('relay:published'));
  expect(remains).toMatchObject({ signal: 'SIGKILL', stated: 2, published: 2, marked: 1 });
});

it('… when facts are marked ends with them marked', async () => {
  const remains = await remainsOf(second('relay:marked'));
  expect(remains).toMatchObject({ signal: 'SIGKILL', stated: 2, published: 2, marked: 2 });
});

it('… when a fact is in the inbox leaves neither that nor its effect', async () => {
  const remains = await remainsOf(second('consumer:begun'));
  expect(remains).toMatchObject({ signal: 'SIGKILL', published: 2, handled: 1, applied: 1, acknowledged: 1 });
});

it('… when a fact is handled leaves the effect and no acknowledgement', async () => {
  const remains = await remainsOf(second('consumer:committed'));
  expect(remains).toMatchObject({ signal: 'SIGKILL', published: 2, handled: 2, applied: 2, acknowledged: 1 });
});

it('… when a command is written leaves nothing of it', async () => {
  expect(await remainsOf(second('command:begun'))).toMatchObject({ signal: 'SIGKILL', stated: 1 });
});

it('… when a command is committed leaves all of it', async () => {
  expect(await remainsOf(second('command:committed'))).toMatchObject({ signal: 'SIGKILL', stated: 2 });
});
