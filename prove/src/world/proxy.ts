import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What happens to the bytes of one direction. Stalled ones are not lost: they go on when it is open again, as after a partition. */
export type Flow = 'open' | 'stalled' | { readonly delayMs: number };

export interface Conditions {
  /** From who connected to what it is connected to. */
  readonly upward: Flow;
  readonly downward: Flow;
  /** False: every connection is reset, those that are open and those that come. */
  readonly isReachable: boolean;
}

export const fairWeather: Conditions = { upward: 'open', downward: 'open', isReachable: true };

/**
 * A loopback port that forwards every connection to another one, under conditions that can be changed at any time. So a
 * partition needs no rights on the machine, and is one process's own. While a direction is stalled its end is not told either:
 * neither a close nor a reset gets through.
 */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #target: () => number | null;
  readonly #pairs = new Set<Pair>();
  #conditions = fairWeather;

  private constructor(server: Server, port: number, target: () => number | null) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    server.on('connection', (client) => this.#accept(client));
  }

  /** `port` 0 is any free one. `target` gives the port of each new connection; null: there is nowhere to go, and it is reset. */
  static async start(port: number, target: () => number | null): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port, exclusive: true, backlog: 1_024 }, resolve);
    });
    return new TcpProxy(server, (server.address() as AddressInfo).port, target);
  }

  get connections(): number {
    return this.#pairs.size;
  }

  impose(conditions: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...conditions };
    for (const pair of this.#pairs) {
      if (this.#conditions.isReachable) pair.impose(this.#conditions);
      else pair.reset();
    }
  }

  heal(): void {
    this.impose(fairWeather);
  }

  /** Resets what is open; what comes next is forwarded. */
  cut(): void {
    for (const pair of this.#pairs) pair.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.impose({ isReachable: false });
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    client.on('error', () => {});
    const port = this.#conditions.isReachable ? this.#target() : null;
    if (port === null) return void client.resetAndDestroy();
    const server = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    const pair = new Pair(client, server, () => this.#pairs.delete(pair));
    this.#pairs.add(pair);
    pair.impose(this.#conditions);
  }
}

/** One forwarded connection. It is over when both directions are. */
class Pair {
  readonly #upward: Direction;
  readonly #downward: Direction;

  constructor(client: Socket, server: Socket, over: () => void) {
    const check = (): void => {
      if (this.#upward.isOver && this.#downward.isOver) over();
    };
    this.#upward = new Direction(client, server, check);
    this.#downward = new Direction(server, client, check);
  }

  impose({ upward, downward }: Conditions): void {
    this.#upward.impose(upward);
    this.#downward.impose(downward);
  }

  reset(): void {
    this.#upward.reset();
    this.#downward.reset();
  }
}

/** What one socket says, carried to the other: in order, each piece and the end of it when its time has come. */
class Direction {
  isOver = false;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #check: () => void;
  #flow: Flow = 'open';
  /** Delayed pieces on their way; the end of the connection waits its turn among them. */
  #waiting: { readonly dueAt: number; readonly carry: () => void }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(from: Socket, to: Socket, check: () => void) {
    this.#from = from;
    this.#to = to;
    this.#check = check;
    from.on('data', (piece: Buffer) => this.#later(() => this.#write(piece)));
    from.once('end', () => this.#later(() => to.end()));
    from.on('error', () => this.#later(() => this.#finish(true)));
    from.once('close', () => this.#later(() => this.#finish(false)));
    to.on('drain', () => this.#steer());
  }

  impose(flow: Flow): void {
    this.#flow = flow;
    if (flow === 'open') for (const piece of this.#waiting) Object.assign(piece, { dueAt: 0 });
    this.#run();
    this.#steer();
  }

  reset(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting = [];
    this.#from.resetAndDestroy();
    this.#isDone();
  }

  #later(carry: () => void): void {
    const delayMs = typeof this.#flow === 'object' ? this.#flow.delayMs : 0;
    this.#waiting.push({ dueAt: performance.now() + delayMs, carry });
    this.#run();
  }

  #run(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#flow !== 'stalled' && this.#waiting.length > 0) {
      const waitMs = this.#waiting[0]!.dueAt - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#run(), waitMs);
        return;
      }
      this.#waiting.shift()!.carry();
    }
  }

  #write(piece: Buffer): void {
    if (this.#to.writable) this.#to.write(piece);
    this.#steer();
  }

  /** Nothing is read that could not be carried: so a stall is felt as back-pressure, and memory stays bounded. */
  #steer(): void {
    if (this.#flow === 'stalled' || this.#to.writableNeedDrain) this.#from.pause();
    else this.#from.resume();
  }

  #finish(hadError: boolean): void {
    if (this.isOver) return;
    if (hadError) this.#to.resetAndDestroy();
    else if (!this.#to.writableEnded) this.#to.end();
    this.#isDone();
  }

  #isDone(): void {
    this.isOver = true;
    this.#check();
  }
}
