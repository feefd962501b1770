/**
 * The lines of `history.jsonl`: what clients asked and heard, and what was done to the system, in the order in which it
 * happened. One process writes them all: a line that stands earlier happened earlier.
 */
export type HistoryLine = RunLine | OperationLine | EventLine | SubscriberLine | FaultLine;

interface Stamp {
  /** Milliseconds since the run's start, on a monotonic clock. */
  readonly t: number;
  /** UTC, ISO 8601, by the clock of the machine that drives the run. */
  readonly at: string;
}

/** The first line. */
export interface RunLine extends Stamp {
  readonly kind: 'run';
  readonly seed: number;
  /** Part of every customer id, SKU and key of this run. */
  readonly runId: string;
  readonly gateways: readonly string[];
}

export type OperationKind =
  'place' | 'repeat' | 'cancel' | 'confirm' | 'extend' | 'ship' | 'deliver' | 'receive' | 'read';

/**
 * ok: the answer came and carried the result, also an expected no (`problem`). fail: surely not done, since it was refused
 * before anything was tried. unknown: no answer, or an error that does not say.
 */
export type OperationPhase = 'invoke' | 'ok' | 'fail' | 'unknown';

/** Written twice: with `invoke` before the request is sent, with another phase after it. `op` joins the two. */
export interface OperationLine extends Stamp {
  readonly kind: OperationKind;
  readonly phase: OperationPhase;
  readonly client: string;
  /** Unique in the run. */
  readonly op: number;
  /** Which of the run's gateways was asked. */
  readonly gateway: number;
  /** Whose request it is; absent for the operator's. */
  readonly customer?: string;

  /** place, repeat, receive. */
  readonly key?: string;
  /** place, repeat, on both lines; summed by SKU. */
  readonly lines?: readonly SkuQuantity[];
  /** receive, on both lines. */
  readonly stock?: readonly StockQuantity[];
  /** On both lines of all that is about an order that is known; on `ok` of place and repeat the order's. */
  readonly orderId?: string;

  /** With ok: the order as the answer shows it. */
  readonly version?: number;
  readonly status?: string;
  /** The end of the hold as the answer shows it; null when it has none. */
  readonly expiresAt?: string | null;
  /** read of a list, with ok: the orders as it shows them. */
  readonly seen?: readonly { readonly orderId: string; readonly version: number; readonly status: string }[];
  /** read of a product, with ok: the units that can be promised. */
  readonly available?: number;
  /** With ok: the code of an expected no. Nothing was changed then. */
  readonly problem?: string;
  /** With fail and unknown: the code of the GraphQL error, or of the connection's. */
  readonly error?: string;
}

export interface SkuQuantity {
  readonly sku: string;
  readonly quantity: number;
}

export interface StockQuantity extends SkuQuantity {
  readonly facilityId: string;
  readonly zone: 'PRIMARY' | 'BACK';
}

/** A message of a subscription. */
export interface EventLine extends Stamp {
  readonly kind: 'event';
  readonly client: string;
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  readonly eventId: string;
  /** On the first message after the subscription was resumed. */
  readonly resumedAfter?: number;
  /** Heard on the operator's subscription of all orders, which is at least once and in no order. */
  readonly scope?: 'all';
}

/** One client's subscription of one order: (client, orderId) never begins twice. */
export interface SubscriberLine extends Stamp {
  readonly kind: 'subscriber';
  readonly client: string;
  readonly orderId: string;
  /** open: begun. lost: the connection or the subscription ended. resumed: asked for again. done: ended for good. */
  readonly phase: 'open' | 'lost' | 'resumed' | 'done';
  readonly gateway: number;
  /** open, resumed: the version that was named as the last seen; absent when the latest change was asked for. */
  readonly after?: number;
  /** lost: why, such as SLOW_CLIENT, or the close code. done: `complete` (by the server, after a final change), `left` or `settled`. */
  readonly reason?: string;
  /** lost: this client had stopped reading its socket. */
  readonly wasSlow?: boolean;
}

/**
 * Something done to the system. With `begin` it may have happened, with `end` it is healed. Details that the checker reads:
 * `messageIds`: the `Nats-Msg-Id`s of messages that the harness itself put into a stream, written before they are sent;
 * `isHit: true` on a named fault point that was reached; `losesStream: true` where a stream may have lost all it had.
 */
export interface FaultLine extends Stamp {
  readonly kind: 'fault';
  /** The kind, such as `kill`, `freeze`, `poison`, `duplicate`, `stream-deleted`, `power-loss`, `fault-point`. */
  readonly fault: string;
  readonly target: string;
  readonly phase: 'begin' | 'end' | 'skipped';
  readonly detail?: FaultDetail;
}

export interface FaultDetail {
  readonly messageIds?: readonly string[];
  readonly isHit?: boolean;
  readonly losesStream?: boolean;
  /** skipped: what is missing. */
  readonly why?: string;
  readonly [other: string]: unknown;
}

/** A line without its stamp, as whoever writes it hands it over. */
export type Unstamped<Line> = Line extends HistoryLine ? Omit<Line, 't' | 'at'> : never;

/** The name of the history's file in a run's folder. */
export const historyFile = 'history.jsonl';
