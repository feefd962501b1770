import type { KeptProcess } from '@holdfast/servers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Container } from '../manifests/workloads.ts';
import { probe, type ProbeTarget } from './probes.ts';
import { timesOf, type ContainerTimes, type Probe } from './pod-shape.ts';

import type { Program } from './programs.ts';
import type { Site } from './site.ts';
import { substitute, type Substitutions } from './substitutions.ts';

export interface ContainerOptions {
  readonly site: Site;
  readonly container: Container;
  readonly program: Program;
  readonly environment: Readonly<Record<string, string>>;
  readonly substitutions: Substitutions;
  readonly logFile: string;
  readonly graceSeconds: number;
}

/** How a container ended that was told to. */
export interface ContainerEnd {
  /** `code 0` when it drained, `signal SIGKILL` when it was over its time. */
  readonly how: string;
  readonly seconds: number;
}

/** A container as a process: asked by its probes, told to end as the kubelet does. */
export class RunningContainer {
  readonly process: KeptProcess;
  readonly #options: ContainerOptions;
  readonly #times: ContainerTimes;
  readonly #probing = new AbortController();

  constructor(options: ContainerOptions) {
    const { site, program, substitutions, environment, logFile } = options;
    this.#options = options;
    this.#times = timesOf(options.container);
    this.process = site.processes.start({
      file: program.file,
      args: program.args.map((argument) => substitute(argument, substitutions)),
      env: environment,
      cwd: program.workingFolder,
      logFile,
    });
    void this.process.ended.then(() => this.#probing.abort());
  }

  /** Resolves when the start is over. From then on `onReadiness` is told of every verdict, and `onSick` why it should be restarted. */
  async watch(onReadiness: (isReady: boolean) => void, onSick: (why: string) => void): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.#times;
    if (startupProbe) await this.#untilStarted(startupProbe, onSick);
    if (this.#probing.signal.aborted) return;
    if (readinessProbe) this.#probe(readinessProbe, onReadiness);
    else onReadiness(true);
    if (livenessProbe) {
      this.#probe(livenessProbe, (isWell) => isWell || onSick('its liveness probe fails'));
    }
  }

  /** preStop, SIGTERM, and at the end of the grace period SIGKILL. */
  async terminate(): Promise<ContainerEnd> {
    const startedAt = performance.now();
    const { graceSeconds } = this.#options;
    const deadline = delay(graceSeconds * 1_000, 'over time' as const, { ref: false });
    this.#probing.abort();
    await Promise.race([this.#preStop(), this.process.ended, deadline]);
    if (this.process.end === null) this.process.signal('SIGTERM');
    const outcome = await Promise.race([this.process.ended, deadline]);
    if (outcome === 'over time') this.process.signal('SIGKILL');
    return { how: await this.process.ended, seconds: (performance.now() - startedAt) / 1_000 };
  }

  async #preStop(): Promise<void> {
    const { site, program, substitutions, environment, logFile } = this.#options;
    const { sleep, exec } = this.#times.lifecycle.preStop ?? {};
    if (sleep) await delay((sleep.seconds * 1_000) / site.pace);
    if (!exec) return;
    const [, ...args] = exec.command.map((part) => substitute(part, substitutions));
    const hook = { file: program.file, args, env: environment, cwd: program.workingFolder, logFile };
    const how = await site.processes.start(hook).ended;
    if (how !== 'code 0')
      throw new Error(`The preStop hook of ${this.#options.container.name} ended with ${how}`);
  }

  #untilStarted(startupProbe: Probe, onSick: (why: string) => void): Promise<void> {
    return new Promise((resolve) => {
      const started = new AbortController();
      const signal = AbortSignal.any([started.signal, this.#probing.signal]);
      signal.addEventListener('abort', () => resolve());
      this.#probe(
        startupProbe,
        (isWell) => (isWell ? started.abort() : onSick('its startup probe fails')),
        signal,
      );
    });
  }

  #probe(shape: Probe, say: (isWell: boolean) => void, signal = this.#probing.signal): void {
    if (shape.httpGet === undefined) return say(true);
    void probe(shape, this.#target(shape.httpGet), this.#options.site.pace, signal, say);
  }

  #target({ path, port }: { readonly path: string; readonly port: string | number }): ProbeTarget {
    const { container, substitutions } = this.#options;
    const named = container.ports.find(({ name }) => name === port)?.containerPort;
    return { host: substitutions.address, port: typeof port === 'number' ? port : (named ?? 0), path };
  }
}
