import { keyName } from './evidence.ts';
import type { OperationLine, SkuQuantity, StockQuantity } from './history.ts';

/** What clients asked under one customer's key. */
export interface KeySeen {
  readonly customer: string;
  readonly key: string;
  /** Lines as text, of requests that may have been done. */
  readonly contents: Set<string>;
  /** By order id, the lines as text that were answered with it. */
  readonly answers: Map<string, Set<string>>;
  /** Answers with a problem. */
  problems: number;
  hasUnknown: boolean;
  /** An answer named the key's order, or one came after the last unknown outcome. */
  isKnown: boolean;
}

/** How often something may have been done to an order, and whether a client was told that it was. */
export interface Attempts {
  possible: number;
  isAcked: boolean;
}

/** What clients did to one order and were told of it. */
export interface OrderSeen {
  readonly attempts: Record<'cancel' | 'confirm' | 'extend' | 'ship' | 'deliver', Attempts>;
  /** The highest version that a client was told of, with its status. */
  toldVersion: number;
  /** The latest end of a hold that an extension was answered with; 0 for none. */
  extendedToMs: number;
  /** When a client was told that the hold had ended, by the clock of the clients; 0 for never. */
  expiredToldAtMs: number;
}

export interface ReceiveSeen {
  readonly stock: readonly StockQuantity[];
  isAcked: boolean;
  /** Requests that may have been done. */
  possible: number;
}

export const contentOf = (lines: readonly SkuQuantity[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ');

/** Gathers the operations of a history, line by line. */
export class OperationsSeen {
  readonly keys = new Map<string, KeySeen>();
  readonly orders = new Map<string, OrderSeen>();
  readonly receives = new Map<string, ReceiveSeen>();
  readonly customers = new Set<string>();
  /** By kind and what became of it: `ok`, `no` (an expected no), `fail`, `unknown`. */
  readonly outcomes = new Map<string, number>();
  /** By problem or error code. */
  readonly codes = new Map<string, number>();
  /** Asked and never answered, also for the history's end. */
  readonly #open = new Map<number, OperationLine>();

  see(line: OperationLine): void {
    if (line.customer !== undefined) this.customers.add(line.customer);
    if (line.phase === 'invoke') {
      this.#open.set(line.op, line);
      this.#asked(line);
      return;
    }
    this.#open.delete(line.op);
    const outcome = line.phase === 'ok' && line.problem !== undefined ? 'no' : line.phase;
    count(this.outcomes, `${line.kind} ${outcome}`);
    const code = line.problem ?? line.error;
    if (code !== undefined) count(this.codes, code);
    this.#answered(line);
  }

  /** To be called after the last line. */
  end(): void {
    for (const line of this.#open.values()) this.see({ ...line, phase: 'unknown', error: 'NO_LINE' });
  }

  order(orderId: string): OrderSeen {
    let order = this.orders.get(orderId);
    if (order === undefined) {
      const none = (): Attempts => ({ possible: 0, isAcked: false });
      order = {
        attempts: { cancel: none(), confirm: none(), extend: none(), ship: none(), deliver: none() },
        toldVersion: 0,
        extendedToMs: 0,
        expiredToldAtMs: 0,
      };
      this.orders.set(orderId, order);
    }
    return order;
  }

  #asked({ kind, customer, key, stock, orderId }: OperationLine): void {
    if (kind === 'receive') {
      const known = this.receives.get(key!);
      if (known === undefined) this.receives.set(key!, { stock: stock!, isAcked: false, possible: 1 });
      else known.possible += 1;
    } else if (kind === 'place' || kind === 'repeat') {
      const name = keyName(customer!, key!);
      if (this.keys.has(name)) return;
      const none = { contents: new Set<string>(), answers: new Map<string, Set<string>>(), problems: 0 };
      this.keys.set(name, { customer: customer!, key: key!, ...none, hasUnknown: false, isKnown: true });
    } else if (kind !== 'read') this.order(orderId!).attempts[kind].possible += 1;
  }

  #answered(line: OperationLine): void {
    const { kind, phase, orderId, version = 0, problem } = line;
    const isDone = phase === 'ok' && problem === undefined;
    const isUndone = phase === 'fail' || problem !== undefined;
    for (const seen of phase === 'ok'
      ? [...(orderId === undefined ? [] : [{ orderId, version }]), ...(line.seen ?? [])]
      : []) {
      const order = this.order(seen.orderId);
      order.toldVersion = Math.max(order.toldVersion, seen.version);
    }
    if (kind === 'receive') {
      const receive = this.receives.get(line.key!)!;
      if (isDone) receive.isAcked = true;
      if (isUndone) receive.possible -= 1;
    } else if (kind === 'place' || kind === 'repeat') this.#placed(line);
    else if (kind !== 'read') {
      const order = this.order(orderId!);
      const attempts = order.attempts[kind];
      if (isDone) attempts.isAcked = true;
      if (isUndone) attempts.possible -= 1;
      if (isDone && kind === 'extend' && typeof line.expiresAt === 'string')
        order.extendedToMs = Math.max(order.extendedToMs, Date.parse(line.expiresAt));
      if (problem === 'HOLD_EXPIRED') order.expiredToldAtMs ||= Date.parse(line.at);
    }
  }

  #placed({ phase, customer, key, lines, orderId, problem }: OperationLine): void {
    const seen = this.keys.get(keyName(customer!, key!))!;
    const content = contentOf(lines!);
    if (phase !== 'fail' && problem === undefined) seen.contents.add(content);
    if (phase === 'unknown') {
      seen.hasUnknown = true;
      // What is known of a key stays so, whatever becomes of its repeats.
      seen.isKnown = seen.answers.size > 0;
    }
    if (phase !== 'ok') return;
    seen.isKnown = true;
    if (problem !== undefined) seen.problems += 1;
    else if (orderId !== undefined) {
      const contents = seen.answers.get(orderId) ?? new Set();
      seen.answers.set(orderId, contents.add(content));
    }
  }
}

export function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
