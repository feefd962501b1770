import {
  isStillRunning,
  runCommand,
  startNatsServer,
  stopProcess,
  waitUntil,
  type ProcessKeeper,
  type RunningServer,
} from '@holdfast/servers';
import { copyFileSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SmallDisk } from './small-disk.ts';

export interface NatsPlace {
  readonly name: string;
  readonly folder: string;
  readonly binary: string;
  readonly port: number;
  readonly monitorPort: number;
  /** Where its neighbours in the cluster are, itself among them; null when it is alone. */
  readonly routes: { readonly port: number; readonly all: readonly number[] } | null;
}

const DISK_MEGABYTES = 512;

/** One nats-server. Whoever ends it starts it again. */
export class NatsNode {
  readonly place: NatsPlace;
  readonly disk: SmallDisk;
  readonly #keeper: ProcessKeeper;
  #running: RunningServer | null = null;
  #isFrozen = false;

  private constructor(keeper: ProcessKeeper, place: NatsPlace, disk: SmallDisk) {
    this.#keeper = keeper;
    this.place = place;
    this.disk = disk;
  }

  static async make(keeper: ProcessKeeper, place: NatsPlace): Promise<NatsNode> {
    return new NatsNode(keeper, place, await SmallDisk.make(join(place.folder, 'store'), DISK_MEGABYTES));
  }

  get name(): string {
    return this.place.name;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.place.port}`;
  }

  /** Nothing when it runs. */
  async start(): Promise<void> {
    if (this.#running !== null && (await isStillRunning(this.#running))) return;
    const { name, folder, binary, port } = this.place;
    const server = await startNatsServer({
      binary,
      folder,
      port,
      more: { serverName: name, text: this.#configuration() },
    });
    this.#running = server;
    this.#keeper.guard(server.pid);
    void server.ended.then(() => this.#keeper.release(server.pid));
  }

  async kill(): Promise<void> {
    if (this.#running === null) return;
    await stopProcess(this.#running, [{ signal: 'SIGKILL', withinMs: 10_000 }]);
    this.#running = null;
    this.#isFrozen = false;
  }

  freeze(): void {
    this.#isFrozen = true;
    if (this.#running !== null) process.kill(this.#running.pid, 'SIGSTOP');
  }

  thaw(): void {
    if (this.#isFrozen && this.#running !== null) process.kill(this.#running.pid, 'SIGCONT');
    this.#isFrozen = false;
  }

  /** Its store as it is on disk now, file by file while it runs: torn, as after a loss of power. */
  async copyStore(): Promise<void> {
    await rm(this.#copy, { recursive: true, force: true });
    // What is deleted under the copying is no error, and not there.
    await runCommand('cp', ['-a', this.disk.folder, this.#copy]).catch(() => '');
  }

  /** Ends it and puts its store back to the copy. */
  async losePower(): Promise<void> {
    await this.kill();
    for (const entry of await readdir(this.disk.folder)) {
      await rm(join(this.disk.folder, entry), { recursive: true, force: true });
    }
    await cp(this.#copy, this.disk.folder, { recursive: true });
    await rm(this.#copy, { recursive: true, force: true });
  }

  /** Resolves when it has caught up with its cluster and serves its streams; false when that takes longer. */
  async isHealthy(withinMs: number): Promise<boolean> {
    const url = `http://127.0.0.1:${this.place.monitorPort}/healthz`;
    const ask = async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status === 200;
    return (await waitUntil(() => ask().catch(() => false), { withinMs, everyMs: 100 })) !== null;
  }

  /** The name of the node that leads the cluster's own affairs, as this one knows it. */
  async metaLeader(): Promise<string | null> {
    const url = `http://127.0.0.1:${this.place.monitorPort}/jsz`;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      const body = (await response.json()) as { meta_cluster?: { leader?: string } };
      return body.meta_cluster?.leader ?? null;
    } catch {
      return null;
    }
  }

  keepLog(folder: string): void {
    copyFileSync(join(this.place.folder, 'nats-server.log'), join(folder, `${this.name}.log`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.disk[Symbol.asyncDispose]();
  }

  get #copy(): string {
    return join(this.place.folder, 'copy');
  }

  /** Neighbours are not told to clients, which would go there around their proxies. */
  #configuration(): string {
    const { monitorPort, routes } = this.place;
    const http = `http: "127.0.0.1:${monitorPort}"`;
    if (routes === null) return http;
    const urls = routes.all.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
    return `${http}
      cluster { name: holdfast, listen: "127.0.0.1:${routes.port}", no_advertise: true, routes: [${urls}] }`;
  }
}
