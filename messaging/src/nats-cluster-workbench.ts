import {
  freeLoopbackPort,
  resolveNatsServer,
  startNatsServer,
  stopNatsServer,
  stopProcess,
  type MoreConfiguration,
  type RunningServer,
} from '@holdfast/servers';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const size = 3;

/** One server of the cluster; keeps its port and its data over stops and starts. */
export interface ClusterNode {
  readonly name: string;
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Copies what it has on disk, while it has nothing to do. The result puts that back, so that what it stored since is lost; it must not run then. */
  copyStore(): Promise<() => Promise<void>>;
}

export interface TestCluster {
  readonly nodes: readonly ClusterNode[];
  /** Stops all and removes what they had. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Such as users and their rights. */
  readonly more?: MoreConfiguration;
  /** nats-server's TLS block, for clients and for routes. */
  readonly tls?: string;
}

/** Three nats-servers on free loopback ports that know each other, none of them started. Clients hear of no other node than the one they know. */
export async function prepareCluster({ more, tls }: ClusterOptions = {}): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-cluster-'));
  const [ports, routePorts] = await Promise.all([freePorts(), freePorts()]);
  const { file: binary } = await resolveNatsServer();
  const routes = routePorts.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
  const tlsLine = tls === undefined ? '' : `tls ${tls}`;
  const nodes = ports.map((port, index) => {
    const name = `nats-${index + 1}`;
    const text = `${more?.text ?? ''}
      ${tlsLine}
      cluster {
        name: holdfast
        no_advertise: true
        listen: "127.0.0.1:${routePorts[index]}"
        routes: [${routes}]
        ${tlsLine}
      }`;
    return aNode(binary, join(folder, name), port, { ...more, serverName: name, text });
  });
  return {
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const freePorts = () => Promise.all(Array.from({ length: size }, () => freeLoopbackPort()));

function aNode(binary: string, folder: string, port: number, more: MoreConfiguration): ClusterNode {
  const store = join(folder, 'store');
  let running: RunningServer | null = null;
  const end = async (how: (server: RunningServer) => Promise<void>): Promise<void> => {
    if (running !== null) await how(running);
    running = null;
  };
  const signal = (name: NodeJS.Signals): void => {
    if (running === null) throw new Error(`${more.serverName} does not run`);
    process.kill(running.pid, name);
  };
  return {
    name: more.serverName ?? folder,
    port,
    start: async () => {
      running ??= await startNatsServer({ binary, folder, port, more });
    },
    stop: () => end(stopNatsServer),
    kill: () => end((server) => stopProcess(server, [{ signal: 'SIGKILL', withinMs: 5_000 }])),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    copyStore: async () => {
      const copy = `${store}-copy`;
      await cp(store, copy, { recursive: true });
      return async () => {
        await rm(store, { recursive: true });
        await cp(copy, store, { recursive: true });
        await rm(copy, { recursive: true });
      };
    },
  };
}
