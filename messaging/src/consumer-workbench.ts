import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers as newHeaders, type NatsConnection } from '@nats-io/nats-core';
import type { TestServers } from '@holdfast/servers';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { BatchHandler } from './batch-handler.ts';
import { connectNats } from './connection.ts';
import { runConsumer, type RunningConsumer } from './consumer.ts';
import { contracts, subjectParts } from './contracts/contracts.ts';
import { encodeFact } from './envelope.ts';
import type { Fact } from './facts.ts';
import { defaultMessagingSettings, type MessagingSettings } from './settings.ts';
import { createTestDatabase, openTestDatabase, type TestDatabase } from './testing.ts';
import { ensureTopology, streams } from './topology.ts';

/** Short waits, so that a test sees several deliveries of a message. */
export const quickSettings: MessagingSettings = {
  ...defaultMessagingSettings,
  ackWaitMs: 1_000,
  maxAttempts: 3,
  retryDelaysMs: [20, 40],
};

/** A consumer's surroundings for a test: its own database, new streams, and a handler that counts how often it applied what. */
export interface Workbench {
  readonly database: TestDatabase;
  readonly nats: NatsConnection;
  /** Publishes as the relay does, but never drops a duplicate. */
  publish(fact: Fact, generation?: number): Promise<void>;
  publishByHand(subject: string, headers: Readonly<Record<string, string>>, payload: string): Promise<void>;
  /** Starts the consumer `inventory-orders`; `before` runs ahead of the handler's own work, in its transaction. */
  start(before?: BatchHandler, settings?: Partial<MessagingSettings>): RunningConsumer;
  /** How often each fact was applied, by event id. */
  applied(): Promise<Record<string, number>>;
  /** Messages not acknowledged or not delivered; NaN while NATS does not answer. */
  unfinished(): Promise<number>;
  /** As the consumer tells its log: facts that were handled, and deliveries of facts that were handled before. */
  readonly delivered: { readonly facts: number; readonly repeats: number };
  /** The event of each line of its log. */
  readonly logged: readonly string[];
  /** Facts of each call of the handler, also of those that failed. */
  readonly calls: (readonly string[])[];
  close(): Promise<void>;
}

/** Counts a fact's application in a table without any key that would hide a second one. */
export const applyFacts: BatchHandler = async (tx, facts) => {
  await sql`insert into applied select unnest(${facts.map((fact) => fact.eventId)}::text[])`.execute(tx);
};

export const testLog = pino({ level: 'silent' });

export async function aWorkbench(servers: TestServers): Promise<Workbench> {
  const url = await servers.postgres.createDatabase();
  const database = await createTestDatabase(url);
  await sql`create table applied (event_id text not null)`.execute(database.read);
  return openWorkbench(servers.nats.url, database);
}

/** The same surroundings from another process. */
export const joinWorkbench = (natsUrl: string, databaseUrl: string): Promise<Workbench> =>
  openWorkbench(natsUrl, openTestDatabase(databaseUrl), { isJoining: true });

async function openWorkbench(
  natsUrl: string,
  database: TestDatabase,
  { isJoining = false } = {},
): Promise<Workbench> {
  const { signal } = new AbortController();
  const nats = await connectNats({ url: natsUrl, name: 'workbench', signal, log: testLog });
  if (!isJoining) await renewStreams(nats);
  const running: RunningConsumer[] = [];
  const calls: (readonly string[])[] = [];
  const delivered = { facts: 0, repeats: 0 };
  const logged: string[] = [];
  const note = (line: string): void => {
    const {
      event,
      facts = 0,
      repeats = 0,
    } = JSON.parse(line) as { event: string } & Partial<typeof delivered>;
    logged.push(event);
    delivered.facts += facts;
    delivered.repeats += repeats;
  };
  const log = pino({ level: 'info' }, { write: note });
  return {
    database,
    nats,
    calls,
    publish: async (fact, generation = 0) => {
      const { subject, headers, payload } = encodeFact(
        {
          ...fact,
          aggregateId: 'orderId' in fact.data ? fact.data.orderId : fact.data.sku,
          json: JSON.stringify(fact.data),
        },
        generation,
      );
      headers.delete('Nats-Msg-Id');
      await jetstream(nats).publish(subject, payload, { headers });
    },
    publishByHand: async (subject, given, payload) => {
      const headers = newHeaders();
      for (const [name, value] of Object.entries(given)) headers.set(name, value);
      await jetstream(nats).publish(subject, payload, { headers });
    },
    start: (before, settings) => {
      const consumer = runConsumer({
        nats,
        consumer: 'inventory-orders',
        database,
        settings: { ...quickSettings, ...settings },
        log,
        committed: () => {},
        handler: async (tx, facts) => {
          calls.push(facts.map((fact) => fact.eventId));
          await before?.(tx, facts);
          await applyFacts(tx, facts);
        },
      });
      running.push(consumer);
      return consumer;
    },
    delivered,
    logged,
    applied: async () => {
      const { rows } = await sql<{ event_id: string; times: number }>`
        select event_id, count(*)::int as times from applied group by event_id`.execute(database.read);
      return Object.fromEntries(rows.map((row) => [row.event_id, row.times]));
    },
    unfinished: async () => {
      const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 1_000 });
      const stream = await manager.streams.info('ORDERS').catch(() => null);
      const info = await manager.consumers.info('ORDERS', 'inventory-orders').catch(() => null);
      if (stream === null || info === null) return Number.NaN;
      // The server counts a message as pending a moment after it has confirmed its publishing.
      const unseen = Math.max(0, stream.state.last_seq - info.delivered.stream_seq - info.num_pending);
      return unseen + info.num_pending + info.num_ack_pending;
    },
    close: async () => {
      await Promise.all(running.map((consumer) => consumer.stop()));
      await nats.close();
      await database.close();
    },
  };
}

async function renewStreams(nats: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  for (const stream of Object.values(streams)) await manager.streams.delete(stream).catch(() => {});
  await ensureTopology(nats, quickSettings);
}

/** Headers that a fact of this type would carry, to be bent by a test. */
export function handWrittenHeaders(fact: Fact): Record<string, string> {
  return {
    'ce-specversion': '1.0',
    'ce-id': fact.eventId,
    'ce-type': fact.type,
    'ce-source': `/holdfast/${subjectParts(fact.type).context}`,
    'ce-subject': 'orderId' in fact.data ? fact.data.orderId : fact.data.sku,
    'ce-time': fact.occurredAt.toISOString(),
    'ce-correlationid': fact.correlationId,
    'content-type': 'application/json',
  };
}

/** Each of these facts, applied once. */
export const onceEach = (facts: readonly Fact[]): Record<string, number> =>
  Object.fromEntries(facts.map((fact) => [fact.eventId, 1]));

export const orderPlacedSubject = contracts.OrderPlaced.subject;
