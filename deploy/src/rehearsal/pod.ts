import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Container, Workload } from '../manifests/workloads.ts';
import { containerEnvironment } from './container-environment.ts';
import { RunningContainer, type ContainerEnd } from './container.ts';
import { mountsOf, volumeFolders, writeFiles } from './pod-files.ts';
import { rolloutOf, volumesOf } from './pod-shape.ts';
import { imageFolders, programOf } from './programs.ts';
import { RehearsalError, type Site } from './site.ts';

/** How long the network goes on sending to a pod that goes away, as in a cluster where nodes learn of it one by one. */
const NETWORK_LAG_MS = 2_000;

/** How one process of a pod ended. */
export interface PodEnd extends ContainerEnd {
  readonly pod: string;
  readonly graceSeconds: number;
}

/** One pod: its containers run as processes at an address of its own, with files in a folder of its own. */
export class Pod {
  readonly name: string;
  readonly workload: Workload;
  readonly address: string;
  readonly containers: readonly RunningContainer[];
  /** Resolves when it is first ready; rejects when one of its containers ends, or a probe says to restart it. */
  readonly becomesReady: Promise<void>;
  /** Whether Services send to it. */
  isRouted = false;
  /** What went wrong with it since it was ready; null when nothing did. */
  failure: RehearsalError | null = null;
  #isTerminating = false;
  readonly #site: Site;
  readonly #graceSeconds: number;

  constructor(site: Site, workload: Workload, name: string) {
    this.#site = site;
    this.name = name;
    this.workload = workload;
    this.address = site.addresses.of(name);
    this.#graceSeconds = rolloutOf(workload).graceSeconds;
    this.containers = this.#startContainers();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.becomesReady = promise;
    promise.catch(() => {}); // Whoever waits for it hears of it.
    const fail = (why: string) => {
      if (this.#isTerminating || this.failure !== null) return;
      this.failure = new RehearsalError(`${name}: ${why}\n${this.lastWords()}`);
      reject(this.failure);
    };
    const isReady = new Set<RunningContainer>();
    for (const container of this.containers) {
      void container.process.ended.then((how) => fail(`its process ended with ${how}`));
      const onReadiness = (isIt: boolean) => {
        if (isIt) isReady.add(container);
        else isReady.delete(container);
        if (this.#isTerminating) return;
        this.isRouted = isReady.size === this.containers.length;
        if (this.isRouted) resolve();
      };
      void container.watch(onReadiness, fail);
    }
  }

  get isTerminating(): boolean {
    return this.#isTerminating;
  }

  /** The port of this name; a number is itself. */
  portOf(target: string | number): number | null {
    if (typeof target === 'number') return target;
    const ports = this.workload.pod.containers.flatMap((container) => container.ports);
    return ports.find(({ name }) => name === target)?.containerPort ?? null;
  }

  /** Ends it as the kubelet does, while the network learns of it a little later, also when it has ended by then. */
  async terminate(): Promise<readonly PodEnd[]> {
    this.#isTerminating = true;
    const learning = delay(NETWORK_LAG_MS / this.#site.pace).then(() => {
      this.isRouted = false;
    });
    const ends = await Promise.all(this.containers.map((container) => container.terminate()));
    await learning;
    return ends.map((end) => ({ ...end, pod: this.name, graceSeconds: this.#graceSeconds }));
  }

  lastWords(lines = 12): string {
    const text = readFileSync(this.#logFile(), { encoding: 'utf8', flag: 'a+' });
    return text.trim().split('\n').slice(-lines).join('\n');
  }

  #logFile(): string {
    return join(this.#site.folder, 'logs', `${this.name}.log`);
  }

  #startContainers(): readonly RunningContainer[] {
    const { folder, manifests, hosts, natsServer } = this.#site;
    const volumes = volumesOf(this.workload.pod.volumes);
    const folders = volumeFolders({
      folder: join(folder, 'pods', `${this.name}-${Date.now().toString(36)}`),
      claimsFolder: join(folder, 'claims', this.name),
      volumes,
      claims: this.workload.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name),
    });
    const start = (container: Container): RunningContainer[] => {
      const program = programOf(container, natsServer);
      if ('because' in program) return [];
      const paths = new Map([...imageFolders, ...mountsOf(container, folders)]);
      const substitutions = { address: this.address, hosts, paths };
      writeFiles(volumes, folders, manifests, substitutions);
      const fields = {
        'metadata.name': this.name,
        'metadata.namespace': 'holdfast',
        'status.podIP': this.address,
      };
      const environment = containerEnvironment(container, manifests, fields, substitutions);
      const { graceSeconds } = rolloutOf(this.workload);
      const logFile = this.#logFile();
      return [
        new RunningContainer({
          site: this.#site,
          container,
          program,
          environment,
          substitutions,
          logFile,
          graceSeconds,
        }),
      ];
    };
    return this.workload.pod.containers.flatMap(start);
  }
}
