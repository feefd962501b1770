import {
  createPostgres,
  ensureDatabase,
  postgresUrl,
  startPostgres,
  stopProcess,
  type ProcessKeeper,
  type RunningServer,
} from '@holdfast/servers';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { newPort } from './ports.ts';
import { SmallDisk } from './small-disk.ts';

const DISK_MEGABYTES = 1_536;
/** Durable as ever, since it is killed; small, since its disk is. */
const SETTINGS = { shared_buffers: '96MB', max_wal_size: '256MB', min_wal_size: '80MB' };

/** The one PostgreSQL, with both services' databases. Whoever ends it starts it again. */
export class PostgresNode {
  readonly port: number;
  readonly disk: SmallDisk;
  readonly #keeper: ProcessKeeper;
  readonly #password: string;
  #running: RunningServer | null = null;

  private constructor(keeper: ProcessKeeper, disk: SmallDisk, port: number) {
    this.#keeper = keeper;
    this.disk = disk;
    this.port = port;
    this.#password = randomBytes(12).toString('hex');
  }

  static async start(keeper: ProcessKeeper, folder: string): Promise<PostgresNode> {
    const node = new PostgresNode(keeper, await SmallDisk.make(folder, DISK_MEGABYTES), await newPort());
    await createPostgres(folder, { password: node.#password, isSynced: false });
    await node.start();
    for (const database of ['orders', 'inventory']) await ensureDatabase(node.url('postgres'), database);
    return node;
  }

  /** As the owner, and around every proxy unless `port` is one's. */
  url(database: string, port = this.port): string {
    return postgresUrl({ port, password: this.#password, database });
  }

  /** Nothing when it runs. Resolves when it answers, after crash recovery. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const { folder } = this.disk;
    const server = await startPostgres({
      folder,
      port: this.port,
      password: this.#password,
      settings: SETTINGS,
    });
    this.#running = server;
    this.#keeper.guard(server.pid);
    void server.ended.then(() => {
      this.#keeper.release(server.pid);
      if (this.#running === server) this.#running = null;
    });
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** An immediate stop, after which it has to recover from its log; or as a power cut to the processes. */
  async stopAtOnce(): Promise<void> {
    if (this.#running === null) return;
    await stopProcess(this.#running, [
      { signal: 'SIGQUIT', withinMs: 10_000 },
      { signal: 'SIGKILL', withinMs: 5_000 },
    ]);
    await this.#running?.ended;
  }

  /** One statement on a connection of its own. */
  async query<Row extends pg.QueryResultRow>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const client = new pg.Client({
      connectionString: this.url(database),
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      void client.end().catch(() => {});
    }
  }

  keepLog(folder: string): void {
    copyFileSync(join(this.disk.folder, 'postgres.log'), join(folder, 'postgres.log'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopAtOnce();
    await this.disk[Symbol.asyncDispose]();
  }
}
