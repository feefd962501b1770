import { resolveNatsServer, type ProcessKeeper } from '@holdfast/servers';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { join } from 'node:path';
import { NatsNode } from './nats-node.ts';
import { newPort } from './ports.ts';

export type NatsKind = 'single' | 'cluster';

/** The nats-servers of a world: one, or three that keep every stream in three copies. */
export class NatsCluster {
  readonly kind: NatsKind;
  readonly nodes: readonly NatsNode[];

  private constructor(kind: NatsKind, nodes: readonly NatsNode[]) {
    this.kind = kind;
    this.nodes = nodes;
  }

  static async start(keeper: ProcessKeeper, folder: string, kind: NatsKind): Promise<NatsCluster> {
    const { file: binary } = await resolveNatsServer();
    const names = kind === 'single' ? ['nats-1'] : ['nats-1', 'nats-2', 'nats-3'];
    const ports: number[] = [];
    for (let index = 0; index < 3 * names.length; index += 1) ports.push(await newPort());
    const routePorts = names.map((_, index) => ports[3 * index + 2]!);
    const nodes = await Promise.all(
      names.map((name, index) =>
        NatsNode.make(keeper, {
          name,
          folder: join(folder, name),
          binary,
          port: ports[3 * index]!,
          monitorPort: ports[3 * index + 1]!,
          routes: kind === 'single' ? null : { port: routePorts[index]!, all: routePorts },
        }),
      ),
    );
    const cluster = new NatsCluster(kind, nodes);
    await cluster.startAll();
    return cluster;
  }

  /** Of all nodes, with commas between, around every proxy. */
  get url(): string {
    return this.nodes.map((node) => node.url).join(',');
  }

  get replicas(): number {
    return this.nodes.length;
  }

  /** Starts what does not run; resolves when all serve their streams, or after a minute of trying. */
  async startAll(): Promise<boolean> {
    await Promise.all(this.nodes.map((node) => node.start()));
    const healthy = await Promise.all(this.nodes.map((node) => node.isHealthy(60_000)));
    return healthy.every(Boolean);
  }

  /** Does `work` on a connection of its own, which is closed after it. Rejects when none of the servers answers. */
  async with<Result>(
    work: (manager: JetStreamManager, nats: NatsConnection) => Promise<Result>,
  ): Promise<Result> {
    const nats = await connect({
      servers: this.nodes.map((node) => node.url),
      timeout: 5_000,
      reconnect: false,
      name: 'prove',
    });
    try {
      return await work(await jetstreamManager(nats, { checkAPI: false, timeout: 5_000 }), nats);
    } finally {
      await nats.close();
    }
  }

  /** Which node leads a stream; null when none does, or nobody can say. */
  async leaderOf(stream: string): Promise<NatsNode | null> {
    const info = await this.with((manager) => manager.streams.info(stream)).catch(() => null);
    return this.#named(info?.cluster?.leader);
  }

  async metaLeader(): Promise<NatsNode | null> {
    for (const node of this.nodes) {
      const found = this.#named(await node.metaLeader());
      if (found !== null) return found;
    }
    return null;
  }

  #named(name: string | null | undefined): NatsNode | null {
    return this.nodes.find((node) => node.name === name) ?? null;
  }
}
