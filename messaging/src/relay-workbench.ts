import type { TestServers } from '@holdfast/servers';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { connectNats } from './connection.ts';
import { generationOf } from './envelope.ts';
import type { Fact } from './facts.ts';
import { appendFacts, newEventId } from './journal.ts';
import { outboxStatus } from './outbox.ts';
import type { MessagingSettings } from './settings.ts';
import { anOrderPlaced, anOrderShipping, createTestDatabase, waitFor, type TestDatabase } from './testing.ts';

const program = join(import.meta.dirname, '../test-programs/relay.ts');

/** Logs nothing, unless a test is looked into with LOG_LEVEL. */
export const testLog = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });

/** Many orders with a history each: facts of all orders by version, so that the orders are mixed as in real life. */
export function orderHistories(orders: number, versions: number): Fact[] {
  const ids = Array.from({ length: orders }, newEventId);
  return Array.from({ length: versions }, (_, index) =>
    ids.map((id) => (index === 0 ? anOrderPlaced({ orderId: id }) : anOrderShipping(id, index + 1))),
  ).flat();
}

export async function stateFacts(database: TestDatabase, facts: readonly Fact[]): Promise<void> {
  for (let start = 0; start < facts.length; start += 1_000) {
    await database.transaction((tx) => appendFacts(tx, facts.slice(start, start + 1_000)));
  }
}

export const freshDatabase = async (servers: TestServers): Promise<TestDatabase> =>
  createTestDatabase(await servers.postgres.createDatabase());

export async function awaitPublished(database: TestDatabase, deadlineMs = 30_000): Promise<void> {
  await waitFor(
    'the outbox is published',
    async () => (await outboxStatus(database.read)).rows === 0,
    deadlineMs,
  );
}

export async function publishedRows(database: TestDatabase): Promise<number> {
  const { rows } = await sql<{
    published: number;
  }>`select count(sequence)::int as published from outbox`.execute(database.read);
  return rows[0]!.published;
}

export interface RelayProcess {
  readonly pid: number;
  /** What it logged, oldest first. */
  readonly log: readonly { readonly event?: string; readonly time: number; readonly reason?: string }[];
  hasLogged(event: string): boolean;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export function startRelayProcess(
  databaseUrl: string,
  natsUrl: string,
  settings: Partial<MessagingSettings> = {},
): RelayProcess {
  const child = spawn(process.execPath, [program, 'orders', databaseUrl, natsUrl, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  const exited = once(child, 'exit');
  const log: RelayProcess['log'][number][] = [];
  createInterface({ input: child.stdout }).on('line', (line) => log.push(JSON.parse(line)));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    child.kill('SIGCONT');
    await exited;
  };
  return {
    pid: child.pid!,
    log,
    hasLogged: (event) => log.some((line) => line.event === event),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Freezes a relay at a moment at which the stream holds facts that it has not marked; it must have facts left to publish. */
export async function freezeWithAcksToMark(
  relay: RelayProcess,
  database: TestDatabase,
  stream: StreamReader,
): Promise<void> {
  const isBusy = async () => {
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`.execute(
      database.read,
    );
    return rows.length > 0;
  };
  await waitFor('the relay is frozen between publish and mark', async () => {
    relay.freeze();
    await waitFor('its statements have ended', async () => !(await isBusy()));
    if ((await stream.lastSequence()) > (await publishedRows(database))) return true;
    relay.thaw();
    return false;
  });
}

export interface StoredFact {
  readonly sequence: number;
  readonly eventId: string;
  readonly orderId: string;
  readonly version: number;
  readonly generation: number;
}

/** What the stream ORDERS holds, for tests to look at. */
export interface StreamReader {
  readonly nats: NatsConnection;
  all(): Promise<StoredFact[]>;
  lastSequence(): Promise<number>;
  deleteStream(): Promise<void>;
  /** Publishes past the relay. */
  publishByHand(subject: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

export async function openStreamReader(natsUrl: string): Promise<StreamReader> {
  const { signal } = new AbortController();
  const nats = await connectNats({ url: natsUrl, name: 'stream-reader', signal, log: testLog });
  const manager = () => jetstreamManager(nats, { checkAPI: false });
  return {
    nats,
    all: () => onItsOwn(natsUrl, readStream),
    lastSequence: async () => (await (await manager()).streams.info('ORDERS')).state.last_seq,
    deleteStream: () => onItsOwn(natsUrl, deleteOrders),
    publishByHand: async (subject, payload) => void (await jetstream(nats).publish(subject, payload)),
    close: () => nats.close(),
  };
}

/** On a connection of its own: a request that a restart of the server swallows would take seconds to fail. */
async function onItsOwn<Result>(
  natsUrl: string,
  ask: (manager: JetStreamManager) => Promise<Result>,
): Promise<Result> {
  const { signal } = new AbortController();
  const own = await connectNats({ url: natsUrl, name: 'stream-reader', signal, log: testLog });
  try {
    return await ask(await jetstreamManager(own, { checkAPI: false }));
  } finally {
    await own.close();
  }
}

async function deleteOrders(manager: JetStreamManager): Promise<void> {
  const streams = await manager.streams.names().next();
  if (streams.includes('ORDERS')) await manager.streams.delete('ORDERS');
}

async function readStream(manager: JetStreamManager): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (;;) {
    const from = (facts.at(-1)?.sequence ?? 0) + 1;
    const { state } = await manager.streams.info('ORDERS');
    if (from > state.last_seq) return facts;
    for await (const message of await manager.direct.getBatch('ORDERS', { seq: from, batch: 500 })) {
      const data = message.json<{ orderId: string; version: number }>();
      const eventId = message.header.get('ce-id');
      facts.push({ ...data, sequence: message.seq, eventId, generation: generationOf(message.header) });
    }
  }
}

/** Versions of each order in the order of the stream; repeats of a fact left out. */
export function firstVersions(stored: readonly StoredFact[]): Map<string, number[]> {
  const versions = new Map<string, number[]>();
  for (const { orderId, version } of stored) {
    const seen = versions.get(orderId) ?? [];
    if (!seen.includes(version)) versions.set(orderId, [...seen, version]);
  }
  return versions;
}

/** What `firstVersions` must give when every fact was stored, those of an order in its order. */
export function allVersions(stated: readonly Fact[]): Map<string, number[]> {
  const versions = new Map<string, number[]>();
  for (const { data } of stated) {
    if ('orderId' in data) versions.set(data.orderId, [...(versions.get(data.orderId) ?? []), data.version]);
  }
  return versions;
}
