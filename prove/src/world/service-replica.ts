import { waitUntil, type KeptProcess, type ProcessKeeper } from '@holdfast/servers';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Links } from './links.ts';

export type ServiceName = 'gateway' | 'orders' | 'inventory';

/** Of this version's sources. */
export const repository = resolve(import.meta.dirname, '../../..');
const files: Record<ServiceName, string> = {
  orders: 'subgraphs/orders/src/main.ts',
  inventory: 'subgraphs/inventory/src/main.ts',
  gateway: 'gateway/src/main.ts',
};

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
/** Who lived so long did not die of how it was started. */
const LONG_LIFE_MS = 10_000;

export interface ReplicaOptions {
  readonly service: ServiceName;
  readonly number: number;
  readonly port: number;
  readonly links: Links;
  readonly env: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly keeper: ProcessKeeper;
  /** Where the sources are that it runs at first. */
  readonly root: string;
}

/** One process of a service, started again whenever it dies, after a pause that grows while it dies young; never given up. */
export class ServiceReplica {
  readonly service: ServiceName;
  readonly name: string;
  readonly port: number;
  readonly links: Links;
  /** As the world's last look at /readyz found it. */
  isReady = false;
  /** Whether balancers keep new connections away, ready or not. */
  isWithdrawn = false;
  readonly #options: ReplicaOptions;
  readonly #stopping = new AbortController();
  readonly #kept: Promise<void>;
  #extra: Readonly<Record<string, string>> = {};
  #root: string;
  #process: KeptProcess | null = null;
  #starts = 0;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.#root = options.root;
    this.service = options.service;
    this.name = `${options.service}-${options.number}`;
    this.port = options.port;
    this.links = options.links;
    this.#kept = this.#keep();
  }

  get starts(): number {
    return this.#starts;
  }

  /** Null while it is dead. */
  get process(): KeptProcess | null {
    return this.#process;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves with how it ended when it is gone; it comes back by itself. */
  async kill(): Promise<string> {
    const process = await this.#alive();
    process.signal('SIGKILL');
    return process.ended;
  }

  /** Kills it, and has it come back with these settings added, at that and every later start. */
  async restartWith(extra: Readonly<Record<string, string>>): Promise<void> {
    this.#extra = extra;
    await this.kill();
    await waitUntil(() => this.#process !== null, { withinMs: 10_000, everyMs: 10 });
  }

  /** From its next start on it has only its own settings again. */
  forgetExtra(): void {
    this.#extra = {};
  }

  get hasExtra(): boolean {
    return Object.keys(this.#extra).length > 0;
  }

  /** Tells it to end, resolves with how it did, and has it come back with the sources in `root`. */
  async endAndRun(root: string): Promise<string> {
    const process = await this.#alive();
    this.#root = root;
    process.signal('SIGTERM');
    return process.ended;
  }

  freeze(): void {
    this.#process?.signal('SIGSTOP');
  }

  thaw(): void {
    this.#process?.signal('SIGCONT');
  }

  /** Whether it says so itself, now. */
  async asksReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(1_500) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** False when it is not ready within this time. */
  async becomesReady(withinMs: number): Promise<boolean> {
    const found = await waitUntil(() => this.asksReady(), { withinMs, everyMs: 150 });
    if (found !== null) this.isReady = true;
    return found !== null;
  }

  /** No further start. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#process?.signal('SIGKILL');
    await this.#kept;
  }

  async #alive(): Promise<KeptProcess> {
    const found = await waitUntil(() => this.#process, { withinMs: 10_000, everyMs: 10 });
    if (found === null) throw new Error(`${this.name} does not come back`);
    return found;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stopping;
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const startedAt = performance.now();
      this.#process = this.#launch();
      this.#starts += 1;
      await this.#process.ended;
      this.#process = null;
      this.isReady = false;
      if (performance.now() - startedAt > LONG_LIFE_MS) pauseMs = FIRST_PAUSE_MS;
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }

  #launch(): KeptProcess {
    const { keeper, service, env, logFolder } = this.#options;
    return keeper.start({
      file: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(this.#root, files[service])],
      env: { ...environmentOfPrograms(), ...env, ...this.#extra },
      cwd: this.#root,
      logFile: join(logFolder, `${this.name}.log`),
    });
  }
}

/**
 * Has Node keep what it compiles of each service, which a killed process does not: so each of very many starts takes a third
 * less. Every program ends at once, for want of settings.
 */
export async function warmUp(
  keeper: ProcessKeeper,
  cacheFolder: string,
  logFolder: string,
  root: string,
): Promise<void> {
  for (const [service, file] of Object.entries(files)) {
    const program = keeper.start({
      file: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(root, file)],
      env: { ...environmentOfPrograms(), NODE_COMPILE_CACHE: cacheFolder },
      cwd: root,
      logFile: join(logFolder, `${service}-warm-up.log`),
    });
    await program.ended;
  }
}

/** This process's environment without what is about another Holdfast. */
export const environmentOfPrograms = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(HOLDFAST_|FAULT_POINT$|NODE_OPTIONS$)|_PORT$|_URL$/.test(entry[0]),
    ),
  );
