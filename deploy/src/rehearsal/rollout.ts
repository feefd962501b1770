import { setTimeout as delay } from 'node:timers/promises';
import type { Workload } from '../manifests/workloads.ts';
import { Pod, type PodEnd } from './pod.ts';
import { rolloutOf } from './pod-shape.ts';
import { RehearsalError, type Site } from './site.ts';

/** The longest that a pod may take to be ready; its startup probe gives up before. */
const READY_WITHIN_MS = 600_000;

/** A workload's pods: started, restarted one after another, and looked at. */
export class Rollout {
  readonly workload: Workload;
  readonly #site: Site;
  readonly #pods: Pod[] = [];
  #made = 0;

  constructor(site: Site, workload: Workload) {
    this.#site = site;
    this.workload = workload;
  }

  /** Those that are there, also while they go away. */
  get pods(): readonly Pod[] {
    return this.#pods;
  }

  /** All replicas at once, until all are ready. Rejects with RehearsalError. */
  async start(): Promise<void> {
    const names = Array.from({ length: this.workload.replicas }, (_, ordinal) => this.#nameOf(ordinal));
    await Promise.all(names.map((name) => ready(this.#add(name), this.#site.signal)));
  }

  /** As `kubectl rollout restart` does, by the workload's own rules; gives how each old process ended. */
  restart(): Promise<readonly PodEnd[]> {
    return this.#isStateful ? this.#restartInPlace() : this.#restartBySurge();
  }

  /** @throws RehearsalError when a pod that is to run has failed. */
  requireWell(): void {
    for (const { failure } of this.#pods) if (failure !== null) throw failure;
  }

  get #isStateful(): boolean {
    return this.workload.manifest.kind === 'StatefulSet';
  }

  /** A StatefulSet: the highest ordinal first, each gone before it comes back under its name, with its claims. */
  async #restartInPlace(): Promise<readonly PodEnd[]> {
    const ends: PodEnd[] = [];
    const { minReadySeconds } = rolloutOf(this.workload);
    for (const pod of [...this.#pods].reverse()) {
      ends.push(...(await pod.terminate()));
      this.#remove(pod);
      await ready(this.#add(pod.name), this.#site.signal);
      await this.#wait(minReadySeconds);
    }
    return ends;
  }

  /** A Deployment: as many more as it may surge, and an old one goes for each that has been ready for long enough. */
  async #restartBySurge(): Promise<readonly PodEnd[]> {
    const { minReadySeconds, maxSurge, maxUnavailable } = rolloutOf(this.workload);
    if (maxSurge + maxUnavailable < 1)
      throw new RehearsalError(`${this.workload.name} can never be restarted`);
    const old = [...this.#pods];
    const ending: Promise<readonly PodEnd[]>[] = [];
    const end = (pod: Pod) => ending.push(pod.terminate().finally(() => this.#remove(pod)));
    for (const pod of old.splice(0, maxUnavailable)) end(pod);
    let missing = this.workload.replicas;
    while (missing > 0) {
      const count = Math.min(missing, Math.max(1, maxSurge + maxUnavailable));
      const fresh = Array.from({ length: count }, () => this.#add(this.#nameOf(this.#made)));
      await Promise.all(fresh.map((pod) => ready(pod, this.#site.signal)));
      await this.#wait(minReadySeconds);
      for (const pod of old.splice(0, count)) end(pod);
      missing -= count;
    }
    return (await Promise.all(ending)).flat();
  }

  #nameOf(ordinal: number): string {
    const { name } = this.workload.manifest.metadata;
    return this.#isStateful
      ? `${name}-${ordinal}`
      : `${name}-${(this.#made++).toString(36).padStart(3, '0')}`;
  }

  #add(name: string): Pod {
    const pod = new Pod(this.#site, this.workload, name);
    this.#pods.push(pod);
    return pod;
  }

  #remove(pod: Pod): void {
    this.#pods.splice(this.#pods.indexOf(pod), 1);
  }

  async #wait(seconds: number): Promise<void> {
    await delay((seconds * 1_000) / this.#site.pace, undefined, { signal: this.#site.signal });
    this.requireWell();
  }
}

async function ready(pod: Pod, signal: AbortSignal): Promise<void> {
  const giveUp = new AbortController();
  const late = delay(READY_WITHIN_MS, undefined, { signal: AbortSignal.any([signal, giveUp.signal]) }).then(
    () => {
      throw new RehearsalError(
        `${pod.name} was not ready in ${READY_WITHIN_MS / 1_000} s\n${pod.lastWords()}`,
      );
    },
  );
  late.catch(() => {}); // The race has it, or nobody waits any more.
  try {
    await Promise.race([pod.becomesReady, late]);
  } finally {
    giveUp.abort();
  }
}
