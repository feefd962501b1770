/**
 * The lines of the files in `snapshot/`. Instants are milliseconds since 1970, by the clock of the database that gave
 * them.
 */
export interface SnapshotRows {
  /** By id; lines are summed by SKU and sorted. */
  readonly orders: {
    readonly id: string;
    readonly customerId: string;
    readonly reference: string | null;
    readonly status: string;
    readonly version: number;
    readonly isConfirmed: boolean;
    readonly hasHold: boolean;
    readonly cancellationCode: string | null;
    readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  };
  readonly keys: { readonly customerId: string; readonly key: string; readonly orderId: string };
  /** By order id. */
  readonly reservations: {
    readonly orderId: string;
    readonly status: string;
    readonly version: number;
    readonly expiresAtMs: number | null;
    readonly allocations: readonly Allocation[];
  };
  readonly levels: LevelName & { readonly onHand: number; readonly reserved: number };
  /** By level, and of one level in the order in which they were written. */
  readonly movements: LevelName & {
    readonly id: number;
    readonly kind: string;
    readonly onHandChange: number;
    readonly reservedChange: number;
    readonly onHandAfter: number;
    readonly reservedAfter: number;
    readonly orderId: string | null;
    readonly reason: string | null;
    readonly occurredAtMs: number;
  };
  /** By aggregate and version. */
  readonly 'journal-orders': JournalRow;
  readonly 'journal-inventory': JournalRow;
  readonly 'outbox-orders': OutboxRow;
  readonly 'outbox-inventory': OutboxRow;
  readonly 'inbox-orders': InboxRow;
  readonly 'inbox-inventory': InboxRow;
  readonly 'parked-orders': ParkedRow;
  readonly 'parked-inventory': ParkedRow;
  readonly 'lease-orders': LeaseRow;
  readonly 'lease-inventory': LeaseRow;
  readonly 'stream-orders': StreamRow;
  readonly 'stream-inventory': StreamRow;
  readonly consumers: {
    readonly name: string;
    /** Null when there is no such consumer. */
    readonly pending: number | null;
    readonly ackPending: number | null;
  };
  /** One line. */
  readonly rest: {
    readonly isAtRest: boolean;
    readonly tookMs: number;
    readonly withinMs: number;
    readonly waiting: readonly string[];
    readonly inventoryNowMs: number;
  };
}

export type SnapshotName = keyof SnapshotRows;

export interface LevelName {
  readonly sku: string;
  readonly facilityId: string;
  readonly zone: string;
}

export interface Allocation extends LevelName {
  readonly quantity: number;
}

/** Of a fact's data what the rules need; null where it has no such field. */
export interface JournalRow {
  readonly id: number;
  readonly eventId: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly occurredAtMs: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly code: string | null;
  /** The end of a hold, ISO 8601. */
  readonly expiresAt: string | null;
}

export interface OutboxRow {
  readonly journalId: number;
  /** Null while it is not published. */
  readonly sequence: number | null;
}

export interface InboxRow {
  readonly consumer: string;
  readonly eventId: string;
  readonly deliveries: number | null;
}

export interface ParkedRow {
  readonly consumer: string;
  readonly eventId: string | null;
  readonly stream: string;
  readonly sequence: number;
  /** Of the header `Nats-Msg-Id`. */
  readonly messageId: string | null;
  readonly reason: string;
  readonly isOpen: boolean;
}

export interface LeaseRow {
  readonly epoch: number;
  readonly generation: number;
}

export interface StreamRow {
  readonly sequence: number;
  readonly subject: string;
  readonly messageId: string | null;
  readonly eventId: string | null;
}
