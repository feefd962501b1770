import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { writeSnapshot } from './json-lines.ts';
import { consumerStates, waitForRest } from './rest.ts';
import type { SnapshotName, SnapshotRows } from './snapshot-rows.ts';
import { inventoryStatements, ordersStatements } from './snapshot-sql.ts';
import { streamHeaders } from './stream-headers.ts';

export interface SnapshotOptions {
  readonly folder: string;
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
  /** Several with commas between. */
  readonly natsUrl: string;
  /** How long all may take to come to rest. */
  readonly restWithinMs: number;
}

export type Rest = SnapshotRows['rest'];

/**
 * Waits until all is at rest, or `restWithinMs`; then writes what the checker reads of both databases and of the streams
 * into `snapshot/` of the folder, a JSON object a line. To be called after all faults are healed and the load has settled.
 * Replaces an earlier snapshot. Changes nothing of the system. Rejects when a database or NATS does not answer.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Rest> {
  const { folder, restWithinMs } = options;
  await using closing = new AsyncDisposableStack();
  const orders = await openDatabase(options.ordersDatabaseUrl, closing);
  const inventory = await openDatabase(options.inventoryDatabaseUrl, closing);
  const nats = await connect({
    servers: options.natsUrl.split(','),
    name: 'holdfast-prove',
    timeout: connectWithinMs,
    maxReconnectAttempts: 5,
  });
  closing.defer(() => nats.close());
  const manager = await jetstreamManager(nats);

  const settled = await waitForRest({ orders, inventory, manager }, restWithinMs);
  rmSync(join(folder, 'snapshot'), { recursive: true, force: true });
  // The streams first: what a database says then can only be newer, and at rest it is not.
  await writeStreams(folder, nats, manager);
  for (const [database, statements] of [
    [orders, ordersStatements],
    [inventory, inventoryStatements],
  ] as const) {
    await database.query('begin isolation level repeatable read read only');
    for (const [name, sql] of Object.entries(statements)) {
      await writeSnapshot(folder, name as SnapshotName, linesOf(database, sql));
    }
    await database.query('rollback');
  }
  const { rows } = await inventory.query<{ now: number }>(
    'select (extract(epoch from now()) * 1000)::float8 as now',
  );
  const rest = { ...settled, inventoryNowMs: rows[0]!.now };
  await writeSnapshot(folder, 'rest', [JSON.stringify(rest)]);
  return rest;
}

const connectWithinMs = 10_000;
const statementWithinMs = 300_000;
const rowsAtOnce = 2_000;

async function openDatabase(url: string, closing: AsyncDisposableStack): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'holdfast-prove',
    statement_timeout: statementWithinMs,
    connectionTimeoutMillis: connectWithinMs,
  });
  client.on('error', () => undefined); // A lost connection rejects the statement under way, too.
  await client.connect();
  closing.defer(() => client.end());
  return client;
}

async function writeStreams(folder: string, nats: NatsConnection, manager: JetStreamManager): Promise<void> {
  for (const context of ['orders', 'inventory'] as const) {
    const rows = streamHeaders(nats, manager, context.toUpperCase());
    await writeSnapshot(folder, `stream-${context}`, asText(rows));
  }
  await writeSnapshot(
    folder,
    'consumers',
    (await consumerStates(manager)).map((state) => JSON.stringify(state)),
  );
}

async function* asText(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield JSON.stringify(row);
}

async function* linesOf(database: pg.Client, sql: string): AsyncGenerator<string> {
  await database.query(`declare snapshot_lines no scroll cursor for ${sql}`);
  for (;;) {
    const { rows } = await database.query<{ line: object }>(`fetch ${rowsAtOnce} from snapshot_lines`);
    for (const { line } of rows) yield JSON.stringify(line);
    if (rows.length < rowsAtOnce) break;
  }
  await database.query('close snapshot_lines');
}
