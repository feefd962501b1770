import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

export interface GraphQLAnswer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly { message: string; path?: string[]; extensions?: Record<string, unknown> }[];
}

interface RunFile {
  readonly urls: Readonly<Record<'nats' | 'ordersDatabase' | 'inventoryDatabase', string>>;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}

/** A whole Holdfast, started as a user starts it, on ports and in a folder of its own. */
export class System {
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  readonly ports: { gateway: number; orders: number; inventory: number };
  readonly #settings: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  output = '';

  private constructor(ports: System['ports'], settings: Readonly<Record<string, string>>) {
    this.ports = ports;
    this.#settings = settings;
    chmodSync(this.dataFolder, 0o711); // The user postgres has to enter it when tests run as root.
  }

  /** `settings` are added to its environment, such as HOLDFAST_AUTH. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<System> {
    const [gateway, orders, inventory] = await Promise.all([freePort(), freePort(), freePort()]);
    const system = new System({ gateway, orders, inventory }, settings);
    await system.start();
    return system;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.gateway}/graphql`;
  }
  get webSocketUrl(): string {
    return this.url.replace('http', 'ws');
  }
  get runFile(): RunFile {
    return JSON.parse(readFileSync(join(this.dataFolder, 'run.json'), 'utf8')) as RunFile;
  }
  get env(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^HOLDFAST_|_PORT$|_URL$|^NODE_OPTIONS$/.test(name),
    );
    return {
      ...Object.fromEntries(inherited),
      HOLDFAST_DATA: this.dataFolder,
      GATEWAY_PORT: String(this.ports.gateway),
      ORDERS_PORT: String(this.ports.orders),
      INVENTORY_PORT: String(this.ports.inventory),
      ...this.#settings,
    };
  }

  /** Starts it, or starts it again on the same data; resolves when it says where to click. */
  async start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, [join(root, 'cli/src/start.ts')], { cwd: root, env: this.env });
    this.#process = child;
    await new Promise<void>((ready, failed) => {
      const read = (chunk: Buffer): void => {
        this.output += String(chunk);
        if (/curl /.test(this.output)) ready();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => failed(new Error(`start ended with ${code}:\n${this.output}`)));
    });
  }

  /** As Ctrl-C does; resolves with the exit code when all is stopped. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  /** Stops it and deletes its data. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  /** The pid of `start` itself. */
  get pid(): number {
    return this.#process!.pid!;
  }

  /** Every process of the system by name, as it stands in run.json now. */
  get pids(): ReadonlyMap<string, number> {
    return new Map(this.runFile.processes.map(({ name, pid }) => [name, pid]));
  }

  /** Runs one of the commands beside it, such as `reconcile`, to its end. */
  run(command: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
    return this.runWith({}, command, ...args);
  }

  /** As `run`, with settings of its own. */
  async runWith(
    settings: Readonly<Record<string, string>>,
    command: string,
    ...args: string[]
  ): Promise<{ code: number | null; output: string }> {
    const file = join(root, `cli/src/${command}.ts`);
    if (!existsSync(file)) throw new Error(`There is no command ${command}`);
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      env: { ...this.env, ...settings },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, output };
  }

  async ask<Data>(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<GraphQLAnswer<Data>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphQLAnswer<Data>, 'status'>) };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
