import { BoundedQueue } from './bounded-queue.ts';
import type { OrderStatus } from '@holdfast/messaging/contracts';
import { isFinal, type OrderChange } from './order-change.ts';

/** Where an open order stands: its last version that every subscriber has. */
export interface OrderPosition {
  readonly orderId: string;
  readonly after: number;
}

/** Brings the changes of one order into order for one subscriber: version n + 1 only after n, and each once. */
export class OrderListener {
  readonly queue: BoundedQueue<OrderChange>;
  readonly #limit: number;
  readonly #held = new Map<number, OrderChange>();
  #last: number | null = null;

  constructor(limit: number) {
    this.#limit = limit;
    this.queue = new BoundedQueue({ limit });
  }

  /** The last version that was passed on; null while the subscriber still reads what came before it. */
  get last(): number | null {
    return this.#last;
  }

  /** Holds back what it hears until it is told the version that the subscriber has; returns whether one in between is missing. */
  startAfter(version: number): boolean {
    this.#last = version;
    this.#release();
    return this.#held.size > 0;
  }

  /** Returns whether a version in between is missing. */
  hear(change: OrderChange): boolean {
    if (this.#last !== null && change.version <= this.#last) return false;
    if (this.#held.size < this.#limit) this.#held.set(change.version, change);
    this.#release();
    return this.#last !== null && this.#held.size > 0;
  }

  #release(): void {
    if (this.#last === null) return;
    for (const version of this.#held.keys()) if (version <= this.#last) this.#held.delete(version);
    for (let next = this.#held.get(this.#last + 1); next; next = this.#held.get(this.#last + 1)) {
      this.#held.delete(next.version);
      this.#last = next.version;
      this.queue.push(next);
      if (isFinal(next.to)) this.queue.end();
    }
  }
}

/** Who of this process's subscribers hears of which order. Changes may be told in any order and more than once. */
export class OrderHub {
  readonly #orders = new Map<string, Set<OrderListener>>();
  readonly #everything = new Map<BoundedQueue<OrderChange>, ReadonlySet<OrderStatus> | null>();
  readonly #queueLimit: number;
  readonly #onGap: (orderId: string) => void;
  #cuts = 0;

  constructor(queueLimit: number, onGap: (orderId: string) => void) {
    this.#queueLimit = queueLimit;
    this.#onGap = onGap;
  }

  listen(orderId: string): OrderListener {
    const listener = new OrderListener(this.#queueLimit);
    const listeners = this.#orders.get(orderId) ?? new Set();
    this.#orders.set(orderId, listeners.add(listener));
    return listener;
  }

  /** From now on the listener passes on what comes after `version`, also what it heard before. */
  start(orderId: string, listener: OrderListener, version: number): void {
    if (listener.startAfter(version)) this.#onGap(orderId);
  }

  leave(orderId: string, listener: OrderListener): void {
    listener.queue.close();
    this.#forget(orderId, listener);
  }

  /** Every change to one of `statuses`; null for all. */
  listenToAll(statuses: ReadonlySet<OrderStatus> | null): BoundedQueue<OrderChange> {
    const queue = new BoundedQueue<OrderChange>({ limit: this.#queueLimit });
    this.#everything.set(queue, statuses);
    return queue;
  }

  leaveAll(queue: BoundedQueue<OrderChange>): void {
    queue.close();
    this.#everything.delete(queue);
  }

  /** Whether anybody would hear a change of this order. */
  isHeard(orderId: string): boolean {
    return this.#everything.size > 0 || this.#orders.has(orderId);
  }

  /** Subscribers that were cut because they read too slowly. */
  get cuts(): number {
    return this.#cuts;
  }

  get openOrders(): number {
    return this.#orders.size;
  }

  /** A change from the stream: everybody hears it. */
  tell(change: OrderChange): void {
    for (const [queue, statuses] of this.#everything) {
      if (statuses === null || statuses.has(change.to)) queue.push(change);
      if (!queue.hasOverflowed) continue;
      this.#everything.delete(queue);
      this.#cuts += 1;
    }
    this.tellOrder(change);
  }

  /** A change from the journal: only the order's own subscribers hear it, for others may have heard it long ago. */
  tellOrder(change: OrderChange): void {
    let hasGap = false;
    for (const listener of this.#orders.get(change.orderId) ?? []) {
      if (listener.hear(change)) hasGap = true;
      if (listener.queue.hasOverflowed) this.#cuts += 1;
      if (!listener.queue.isOpen) this.#forget(change.orderId, listener);
    }
    if (hasGap) this.#onGap(change.orderId);
  }

  /** The open orders among `orderIds`, or all, with the version from which on their subscribers need the journal. */
  positions(orderIds: Iterable<string> = this.#orders.keys()): OrderPosition[] {
    const positions: OrderPosition[] = [];
    for (const orderId of orderIds) {
      const known = [...(this.#orders.get(orderId) ?? [])].flatMap(({ last }) =>
        last === null ? [] : [last],
      );
      if (known.length > 0) positions.push({ orderId, after: Math.min(...known) });
    }
    return positions;
  }

  /** One that is complete, or was cut, still has to be read, but hears no more. */
  #forget(orderId: string, listener: OrderListener): void {
    const listeners = this.#orders.get(orderId);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#orders.delete(orderId);
  }
}
