import { newPort } from './ports.ts';
import { TcpProxy, type Conditions } from './proxy.ts';

export type FarEnd = 'postgres' | 'nats' | 'orders' | 'inventory';

/** Every connection of one process, each kind through proxies of its own. */
export class Links {
  readonly #proxies: ReadonlyMap<FarEnd, readonly TcpProxy[]>;

  private constructor(proxies: ReadonlyMap<FarEnd, readonly TcpProxy[]>) {
    this.#proxies = proxies;
  }

  /** One proxy for each target, which gives the port of each new connection. */
  static async open(targets: Partial<Record<FarEnd, readonly (() => number | null)[]>>): Promise<Links> {
    const proxies = new Map<FarEnd, TcpProxy[]>();
    for (const [farEnd, ports] of Object.entries(targets) as [FarEnd, (() => number | null)[]][]) {
      const opened: TcpProxy[] = [];
      for (const port of ports) opened.push(await TcpProxy.start(await newPort(), port));
      proxies.set(farEnd, opened);
    }
    return new Links(proxies);
  }

  /** Where the process finds it. */
  ports(farEnd: FarEnd): readonly number[] {
    return (this.#proxies.get(farEnd) ?? []).map((proxy) => proxy.port);
  }

  get farEnds(): readonly FarEnd[] {
    return [...this.#proxies.keys()];
  }

  impose(farEnd: FarEnd, conditions: Partial<Conditions>): void {
    for (const proxy of this.#proxies.get(farEnd) ?? []) proxy.impose(conditions);
  }

  heal(farEnd: FarEnd): void {
    for (const proxy of this.#proxies.get(farEnd) ?? []) proxy.heal();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#proxies.values()].flat().map((proxy) => proxy[Symbol.asyncDispose]()));
  }
}
