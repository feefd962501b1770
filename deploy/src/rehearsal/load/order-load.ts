import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokenIssuer } from '../stand-ins/token-issuer.ts';
import { customers, type Customer } from './customers.ts';
import { askGraphql } from './gateway-client.ts';
import { skus } from './shop.ts';
import { missedOf, watchOrder, type WatchedOrder } from './watched-order.ts';

/** What was asked for and came while something happened. */
export interface LoadFigures {
  readonly placed: number;
  /** Each in words, with the time. */
  readonly failures: readonly string[];
  readonly missedVersions: number;
  readonly reopenedSockets: number;
}

export interface LoadOptions {
  /** The gateway's, such as http://127.70.0.1:4000/graphql */
  readonly url: string;
  readonly issuer: TokenIssuer;
  readonly ordersPerSecond: number;
}

const CUSTOMERS = 6;
const LONG_WATCHED = 24;
/** How long an order may take to be RESERVED, also while a NATS server of its own is restarted. */
const RESERVED_WITHIN_MS = 180_000;

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id } problems { code message } }
}`;
const CANCEL = `mutation ($orderId: ID!) {
  cancelOrder(input: { orderId: $orderId }) { order { id } problems { code message } }
}`;
type Payload = {
  readonly order: { readonly id: string } | null;
  readonly problems: readonly { readonly code: string }[];
};

/**
 * Orders at a steady rate through the gateway's Service, each on a connection of its own and each watched until it is RESERVED;
 * beside them a set of orders that is watched from the first restart to the last.
 */
export class OrderLoad {
  readonly #options: LoadOptions;
  readonly #customers: readonly Customer[];
  readonly #longWatched: WatchedOrder[] = [];
  readonly #counts: { reopened: number };
  #timer: NodeJS.Timeout | undefined;
  #placed = 0;
  #missed = 0;
  #failures: string[] = [];
  readonly #unsettled = new Set<Promise<void>>();

  private constructor(options: LoadOptions, all: readonly Customer[], counts: { reopened: number }) {
    this.#options = options;
    this.#customers = all;
    this.#counts = counts;
  }

  /** Opens the sockets, and places the orders that are watched to the end. */
  static async start(options: LoadOptions): Promise<OrderLoad> {
    const counts = { reopened: 0 };
    const all = await customers(CUSTOMERS, options.url, options.issuer, () => (counts.reopened += 1));
    const load = new OrderLoad(options, all, counts);
    for (let index = 0; index < LONG_WATCHED; index += 1) {
      const customer = load.#customer(index);
      const watched = watchOrder(customer.client, await load.#place(customer));
      load.#longWatched.push(watched);
    }
    await Promise.all(load.#longWatched.map((one) => within(one.reached(2))));
    load.#placeSteadily(options.ordersPerSecond);
    return load;
  }

  /** What came of the orders placed since the last call: waits until each of them is RESERVED, or failed. */
  async figures(): Promise<LoadFigures> {
    await Promise.all(this.#unsettled);
    const figures = {
      placed: this.#placed,
      failures: this.#failures,
      missedVersions: this.#missed,
      reopenedSockets: this.#counts.reopened,
    };
    [this.#placed, this.#failures, this.#missed, this.#counts.reopened] = [0, [], 0, 0];
    return figures;
  }

  /** Places no more, and cancels the orders that were watched all along; each must then have seen 1, 2 and 3. */
  async finish(): Promise<{ readonly watched: number; readonly missedVersions: number }> {
    clearInterval(this.#timer);
    await Promise.all(this.#unsettled);
    for (const [index, watched] of this.#longWatched.entries()) {
      const customer = this.#customer(index);
      const { cancelOrder } = await askGraphql<{ cancelOrder: Payload }>(
        this.#options.url,
        customer.token,
        CANCEL,
        {
          orderId: watched.orderId,
        },
      );
      if (cancelOrder.problems.length > 0)
        throw new Error(`An order is not cancelled: ${JSON.stringify(cancelOrder)}`);
    }
    await Promise.all(this.#longWatched.map((one) => within(one.reached(3)).catch(() => {}))); // Counted below.
    const missed = this.#longWatched.map((one) => missedOf(one, 3));
    return { watched: missed.length, missedVersions: missed.reduce((sum, count) => sum + count, 0) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const { client } of this.#customers) {
      await client.dispose();
      client.terminate();
    }
  }

  /** A timer that came late places what is due by then, so that the rate holds on a busy machine too. */
  #placeSteadily(ordersPerSecond: number): void {
    const startedAt = performance.now();
    let count = 0;
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * ordersPerSecond;
      while (count < due) this.#track(this.#placeAndWatch(count++));
    }, 1_000 / ordersPerSecond);
  }

  #customer(index: number): Customer {
    return this.#customers[index % this.#customers.length]!;
  }

  #track(work: Promise<void>): void {
    const settled = work.finally(() => this.#unsettled.delete(settled));
    this.#unsettled.add(settled);
  }

  async #placeAndWatch(index: number): Promise<void> {
    const customer = this.#customer(index);
    const sentAt = new Date().toISOString();
    try {
      const orderId = await this.#place(customer);
      this.#placed += 1;
      const watched = watchOrder(customer.client, orderId);
      await within(watched.reached(2)).catch(() => {}); // Counted below.
      watched.stop();
      this.#missed += missedOf(watched, 2);
    } catch (error) {
      this.#failures.push(`${sentAt} ${(error as Error).message}`);
    }
  }

  async #place({ token }: Customer): Promise<string> {
    const lines = [{ sku: skus[Math.floor(Math.random() * skus.length)]!, quantity: 1 }];
    const input = { idempotencyKey: randomUUID(), destination: { country: 'GB', city: 'London' }, lines };
    const { placeOrder } = await askGraphql<{ placeOrder: Payload }>(this.#options.url, token, PLACE, {
      input,
    });
    if (placeOrder.order === null)
      throw new Error(`No order was placed: ${JSON.stringify(placeOrder.problems)}`);
    return placeOrder.order.id;
  }
}

async function within(work: Promise<void>): Promise<void> {
  const giveUp = new AbortController();
  const late = delay(RESERVED_WITHIN_MS, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(`nothing in ${RESERVED_WITHIN_MS / 1_000} s`);
  });
  late.catch(() => {}); // The race has it, or nobody waits any more.
  try {
    await Promise.race([work, late]);
  } finally {
    giveUp.abort();
  }
}
