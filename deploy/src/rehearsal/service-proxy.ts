import { connect, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import type { Manifest } from '../manifests/manifest.ts';
import { selects } from '../manifests/selectors.ts';
import type { Pod } from './pod.ts';

const service = z.looseObject({
  selector: z.record(z.string(), z.string()).optional(),
  publishNotReadyAddresses: z.boolean().default(false),
  ports: z
    .array(z.looseObject({ port: z.number(), targetPort: z.union([z.string(), z.number()]).optional() }))
    .default([]),
});

/** A Service at an address of its own: each connection goes to the next of its pods that are ready. Connections that are open stay. */
export class ServiceProxy {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #pods: () => readonly Pod[];
  #next = 0;

  private constructor(pods: () => readonly Pod[]) {
    this.#pods = pods;
  }

  static async start(manifest: Manifest, address: string, pods: () => readonly Pod[]): Promise<ServiceProxy> {
    const { selector, publishNotReadyAddresses, ports } = service.parse(manifest['spec']);
    const proxy = new ServiceProxy(() =>
      selector === undefined
        ? []
        : pods().filter(
            (pod) =>
              (pod.isRouted || (publishNotReadyAddresses && !pod.isTerminating)) &&
              selects({ matchLabels: selector }, pod.workload.podLabels),
          ),
    );
    for (const { port, targetPort = port } of ports) await proxy.#listen(address, port, targetPort);
    return proxy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  #listen(host: string, port: number, target: string | number): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.#forward(client, target),
    );
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true, backlog: 1_024 }, resolve);
    });
  }

  #forward(client: Socket, target: string | number): void {
    const pods = this.#pods();
    const pod = pods[this.#next++ % Math.max(1, pods.length)];
    const port = pod?.portOf(target) ?? null;
    this.#keep(client);
    if (pod === undefined || port === null) return void client.resetAndDestroy();
    const server = connect({ host: pod.address, port, allowHalfOpen: true, noDelay: true });
    this.#keep(server);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.resetAndDestroy());
      one.once('close', (hadError) => (hadError ? other.resetAndDestroy() : other.end()));
      one.pipe(other);
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
