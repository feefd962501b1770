import { findFaketime, ProcessKeeper } from '@holdfast/servers';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Links } from './links.ts';
import { NatsCluster, type NatsKind } from './nats-cluster.ts';
import { PostgresNode } from './postgres-node.ts';
import { TcpProxy } from './proxy.ts';
import { provision, type Provisioned } from './provision.ts';
import { newPort } from './ports.ts';
import { repository, ServiceReplica, warmUp, type ServiceName } from './service-replica.ts';

export interface WorldOptions {
  /** Where logs stay. What the servers store is elsewhere, and gone with the world. */
  readonly logFolder: string;
  readonly nats: NatsKind;
  /** Told what happens, in words for a person. */
  readonly log: (line: string) => void;
  /** Where the sources are that services run; default: this version's. */
  readonly root?: string;
  /** Of every service; default: short ends of holds and of the wait for a decision, so that minutes see many of them. */
  readonly settings?: Readonly<Record<string, string>>;
}

const REPLICAS = 2;
const LOOK_EVERY_MS = 500;
const READY_WITHIN_MS = 120_000;
const SETTINGS = { RESERVATION_HOLD_MINUTES: '0.4', ORDER_DECISION_SECONDS: '40' };
export const orderDecisionMs = Number(SETTINGS.ORDER_DECISION_SECONDS) * 1_000;

/**
 * A whole Holdfast on this machine: PostgreSQL, NATS, two processes of each service, each kept running and each with its own
 * proxies to all it talks to. With one nats-server the services make their schemas and streams themselves, as `npm start` has
 * it; with three, jobs do and the services have roles with few rights, as in production. All of it ends with this process.
 */
export class World {
  readonly natsKind: NatsKind;
  readonly nats: NatsCluster;
  readonly postgres: PostgresNode;
  readonly replicas: readonly ServiceReplica[];
  /** Null where there is none: then no clock can be made to jump. */
  readonly faketime: string | null;
  /** Files that a fault needs for a while. */
  readonly scratchFolder: string;
  readonly #balancer: TcpProxy;
  readonly #keeper: ProcessKeeper;
  readonly #provisioned: Provisioned | null;
  readonly #folder: string;
  readonly #logFolder: string;
  readonly #over = new AbortController();
  readonly #looking: Promise<void>;

  private constructor(parts: {
    readonly options: WorldOptions;
    readonly nats: NatsCluster;
    readonly postgres: PostgresNode;
    readonly replicas: readonly ServiceReplica[];
    readonly balancer: TcpProxy;
    readonly faketime: string | null;
    readonly keeper: ProcessKeeper;
    readonly provisioned: Provisioned | null;
    readonly folder: string;
  }) {
    this.natsKind = parts.options.nats;
    this.nats = parts.nats;
    this.postgres = parts.postgres;
    this.replicas = parts.replicas;
    this.#balancer = parts.balancer;
    this.faketime = parts.faketime;
    this.scratchFolder = join(parts.folder, 'scratch');
    this.#keeper = parts.keeper;
    this.#provisioned = parts.provisioned;
    this.#folder = parts.folder;
    this.#logFolder = parts.options.logFolder;
    mkdirSync(this.scratchFolder);
    this.#looking = this.#lookForReady();
  }

  /** Resolves when every process is ready. Rejects, and leaves nothing behind, when one does not become so. */
  static async start(options: WorldOptions): Promise<World> {
    const { logFolder, log, root = repository, settings = SETTINGS } = options;
    mkdirSync(logFolder, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-prove-'));
    chmodSync(folder, 0o711); // The user postgres has to enter it when this runs as root.
    const keeper = new ProcessKeeper(folder);
    log(`Starting PostgreSQL, ${options.nats === 'single' ? 'one nats-server' : 'three nats-servers'} …`);
    const [postgres, nats, faketime] = await Promise.all([
      PostgresNode.start(keeper, join(folder, 'postgres')),
      NatsCluster.start(keeper, folder, options.nats),
      findFaketime(),
      warmUp(keeper, compileCache(folder), logFolder, root),
    ]);
    const provisioned = options.nats === 'single' ? null : await provision(keeper, postgres, nats, logFolder);
    log('Starting two processes of each service …');
    const replicas = await startReplicas({
      keeper,
      postgres,
      nats,
      provisioned,
      logFolder,
      folder,
      root,
      settings,
    });
    const balancer = await TcpProxy.start(await newPort(), readyInTurn(replicas, 'gateway'));
    const parts = { options, nats, postgres, replicas, balancer, faketime, keeper, provisioned, folder };
    const world = new World(parts);
    const ready = await Promise.all(replicas.map((replica) => replica.becomesReady(READY_WITHIN_MS)));
    const late = replicas.filter((_, index) => !ready[index]).map(({ name }) => name);
    if (late.length === 0) return world;
    await world.stop();
    throw new Error(
      `Not ready within ${READY_WITHIN_MS} ms: ${late.join(', ')}; their logs are in ${logFolder}`,
    );
  }

  get gatewayUrls(): readonly string[] {
    return this.of('gateway').map((replica) => `${replica.url}/graphql`);
  }

  /** Before all gateways: a new connection goes to the next of those that are ready. */
  get balancedGatewayUrl(): string {
    return `http://127.0.0.1:${this.#balancer.port}/graphql`;
  }

  get ordersDatabaseUrl(): string {
    return this.postgres.url('orders');
  }

  get inventoryDatabaseUrl(): string {
    return this.postgres.url('inventory');
  }

  /** All servers, with commas between, around every proxy. */
  get natsUrl(): string {
    return this.nats.url;
  }

  of(service: ServiceName): readonly ServiceReplica[] {
    return this.replicas.filter((replica) => replica.service === service);
  }

  replica(name: string): ServiceReplica {
    const found = this.replicas.find((replica) => replica.name === name);
    if (found === undefined) throw new Error(`There is no process ${name}`);
    return found;
  }

  /** Has streams made again where that is not the services' own work. */
  async provideStreams(): Promise<void> {
    await this.#provisioned?.provideStreams();
  }

  /**
   * Takes back whatever was done to it: servers run, processes run with their own settings, links are as they should be. Resolves
   * with the names of those that are not ready within two minutes all the same.
   */
  async heal(): Promise<readonly string[]> {
    this.postgres.disk.free();
    await this.postgres.start();
    for (const node of this.nats.nodes) {
      node.thaw();
      node.disk.free();
    }
    const isHealthy = await this.nats.startAll();
    for (const replica of this.replicas) {
      replica.thaw();
      for (const farEnd of replica.links.farEnds) replica.links.heal(farEnd);
      if (replica.hasExtra) await replica.restartWith({});
    }
    const ready = await Promise.all(this.replicas.map((replica) => replica.becomesReady(READY_WITHIN_MS)));
    return [
      ...(isHealthy ? [] : ['nats']),
      ...this.replicas.filter((_, index) => !ready[index]).map(({ name }) => name),
    ];
  }

  /** Ends everything at once; the servers' own logs join the others. Safe to repeat. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#looking;
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.#balancer[Symbol.asyncDispose]();
    await Promise.all(this.replicas.map((replica) => replica.links[Symbol.asyncDispose]()));
    for (const server of [this.postgres, ...this.nats.nodes]) server.keepLog(this.#logFolder);
    await Promise.all(this.nats.nodes.map((node) => node[Symbol.asyncDispose]()));
    await this.postgres[Symbol.asyncDispose]();
    await this.#keeper[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** As a load balancer's probes: who does not say that it is ready gets no new connection. */
  async #lookForReady(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      await Promise.all(
        this.replicas.map(async (replica) => {
          replica.isReady = await replica.asksReady();
        }),
      );
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }
}

const compileCache = (folder: string): string => join(folder, 'compile-cache');

async function startReplicas(parts: {
  readonly keeper: ProcessKeeper;
  readonly postgres: PostgresNode;
  readonly nats: NatsCluster;
  readonly provisioned: Provisioned | null;
  readonly logFolder: string;
  readonly folder: string;
  readonly root: string;
  readonly settings: Readonly<Record<string, string>>;
}): Promise<readonly ServiceReplica[]> {
  const { keeper, postgres, nats, provisioned, logFolder, root, settings } = parts;
  const replicas: ServiceReplica[] = [];
  const natsPorts = nats.nodes.map((node) => () => node.place.port);
  const shared = {
    NODE_ENV: 'production',
    HOLDFAST_AUTH: 'off',
    HOLDFAST_PROVISION: provisioned === null ? 'self' : 'wait',
    APOLLO_TELEMETRY_DISABLED: '1',
    NODE_COMPILE_CACHE: compileCache(parts.folder),
    ...settings,
  };
  const natsUrl = (links: Links): string =>
    links
      .ports('nats')
      .map((port) => `nats://127.0.0.1:${port}`)
      .join(',');
  const launch = async (
    service: ServiceName,
    number: number,
    links: Links,
    env: (port: number) => Record<string, string>,
  ): Promise<void> => {
    const port = await newPort();
    replicas.push(
      new ServiceReplica({
        service,
        number,
        port,
        links,
        logFolder,
        keeper,
        root,
        env: { ...shared, NATS_URL: natsUrl(links), ...env(port) },
      }),
    );
  };
  for (const service of ['orders', 'inventory'] as const) {
    for (let number = 1; number <= REPLICAS; number += 1) {
      const links = await Links.open({ postgres: [() => postgres.port], nats: natsPorts });
      const databaseUrl = new URL(postgres.url(service, links.ports('postgres')[0]));
      const role = provisioned?.roles[service];
      if (role !== undefined) Object.assign(databaseUrl, { username: role.user, password: role.password });
      const NAME = service.toUpperCase();
      await launch(service, number, links, (port) => ({
        [`${NAME}_PORT`]: String(port),
        [`${NAME}_DATABASE_URL`]: databaseUrl.href,
      }));
    }
  }
  for (let number = 1; number <= REPLICAS; number += 1) {
    const links = await Links.open({
      nats: natsPorts,
      orders: [readyInTurn(replicas, 'orders')],
      inventory: [readyInTurn(replicas, 'inventory')],
    });
    const subgraph = (service: 'orders' | 'inventory') =>
      `http://127.0.0.1:${links.ports(service)[0]}/graphql`;
    await launch('gateway', number, links, (port) => ({
      GATEWAY_PORT: String(port),
      ORDERS_URL: subgraph('orders'),
      INVENTORY_URL: subgraph('inventory'),
    }));
  }
  return replicas;
}

/** The port of the next process that is ready; null when none is. */
function readyInTurn(replicas: readonly ServiceReplica[], service: ServiceName): () => number | null {
  let turn = 0;
  return () => {
    const ready = replicas.filter(
      (replica) => replica.service === service && replica.isReady && !replica.isWithdrawn,
    );
    turn += 1;
    return ready[turn % Math.max(1, ready.length)]?.port ?? null;
  };
}
