/*
 * The world of the model: everything of Holdfast that a fault can touch, as one immutable value.
 *
 * Two services, each with a database and a stream. A database holds its own rows (orders; or levels, reservations and
 * products), the journal of its facts, the outbox with the sequence at which each fact was acknowledged, the relay's lease
 * (owner, epoch, generation), and the inbox of what it handled of the other's stream. What orders and inventory decide is
 * not written here: the cores of the two services are called (orders-core.ts, inventory-core.ts).
 *
 * One action is one indivisible step of the real system: a transaction, a publish with its ack and mark, a message given
 * out. What lies between two steps is where faults strike: a relay freezes with a message in its socket or an ack in its
 * hand and wakes whenever it likes; a process dies before its commit, or after it and before its ack or answer; a message
 * is overtaken, delivered again, handled late by a consumer that was frozen, or stored a second time; a stream loses its
 * tail and nobody is told; a lease is taken over. Each fault has a budget, so that the number of worlds is finite.
 *
 * A transaction is one step since it holds its locks from its first look to its commit. The streams are as bad as they
 * may be: where a configuration says so, a consumer whose stream was rewound skips all that is stored up to where it was.
 *
 * Time is a count of ticks of the database's clock. It passes only where a hold waits for its end; an end is at a tick.
 *
 * `mechanisms` says which means of keeping the promises are at work; a mutation takes some of them away. Members named
 * `ghost…` are known to no process: they are what the rules look at.
 */
export type Service = 'orders' | 'inventory';

export const services: readonly Service[] = ['orders', 'inventory'];

export const otherOf = (service: Service): Service => (service === 'orders' ? 'inventory' : 'orders');

export interface World {
  /** The database's clock. */
  readonly now: number;
  readonly orders: OrdersRows;
  readonly inventory: InventoryRows;
  readonly outgoing: Readonly<Record<Service, Outgoing>>;
  readonly incoming: Readonly<Record<Service, Incoming>>;
  readonly clients: Clients;
  readonly budget: Budget;
}

/** How often each kind of event may still happen. */
export type Budget = Readonly<Record<Happening, number>>;

export const happenings = [
  'cancel',
  'undecided',
  'confirm',
  'extend',
  'ship',
  'relist',
  'repeat',
  'commandCrash',
  'overtake',
  'consumerCrash',
  'late',
  'copy',
  'loseTail',
  'freeze',
  'takeOver',
] as const;
export type Happening = (typeof happenings)[number];

interface FactOf<Type extends string> {
  /** Service, aggregate and place in the aggregate's journal. */
  readonly id: string;
  readonly type: Type;
  /** The order, or the product. */
  readonly about: string;
  readonly version: number;
}

/** A fact, with as much of its data as anyone reads. */
export type ModelFact =
  | FactOf<
      | 'OrderPlaced'
      | 'OrderReserved'
      | 'OrderRejected'
      | 'OrderConfirmed'
      | 'OrderShipping'
      | 'OrderDelivered'
    >
  | (FactOf<'OrderCancelled'> & { readonly code: 'CUSTOMER' | 'OPERATOR' | 'UNDECIDED' | 'HOLD_EXPIRED' })
  | (FactOf<'StockReserved'> & { readonly expiresAt: number | null })
  | FactOf<'StockRejected' | 'StockConfirmed'>
  | (FactOf<'StockReleased'> & { readonly cause: 'CANCELLED' | 'EXPIRED' })
  | (FactOf<'ProductListed'> & { readonly price: number });

type WithoutId<Fact> = Fact extends ModelFact ? Omit<Fact, 'id'> : never;
/** A fact that a core states; its id comes with its place in the journal. */
export type StatedFact = WithoutId<ModelFact>;

export interface OrderRow {
  readonly status: 'PENDING' | 'RESERVED' | 'REJECTED' | 'CANCELLED' | 'SHIPPING' | 'DELIVERED';
  readonly version: number;
  readonly isConfirmed: boolean;
  readonly hasHold: boolean;
}

export interface OrdersRows {
  /** By order; null until it is placed. */
  readonly rows: Readonly<Record<string, OrderRow | null>>;
  /** What orders knows of the product. */
  readonly catalogue: ProductRow;
}

export interface ProductRow {
  readonly version: number;
  readonly price: number;
}

export interface LevelRow {
  readonly sku: string;
  readonly facilityId: string;
  readonly onHand: number;
  readonly reserved: number;
  /** The sums of its movements. */
  readonly movedOnHand: number;
  readonly movedReserved: number;
}

export interface ModelAllocation {
  readonly sku: string;
  readonly facilityId: string;
  readonly quantity: number;
}

export interface ReservationRow {
  readonly status: 'HELD' | 'RELEASED' | 'EXPIRED' | 'SHIPPED' | 'REJECTED' | 'TOMBSTONE';
  readonly version: number;
  readonly expiresAt: number | null;
  /** The rows of the table of allocations, whatever became of the reservation. */
  readonly allocations: readonly ModelAllocation[];
}

export interface InventoryRows {
  readonly levels: readonly LevelRow[];
  /** By order; null until inventory heard of it. */
  readonly reservations: Readonly<Record<string, ReservationRow | null>>;
  readonly product: ProductRow;
}

export interface OutboxRow {
  readonly fact: string;
  /** Where the stream stored it; null until that is marked. */
  readonly sequence: number | null;
  /** The generation of the last repair that made the row unpublished. */
  readonly ghostClearedIn: number;
}

/** All that carries a service's facts to its stream. */
export interface Outgoing {
  readonly journal: readonly ModelFact[];
  readonly outbox: readonly OutboxRow[];
  readonly lease: Lease;
  /** The relay that publishes now; null while the lease's owner is frozen. */
  readonly publisher: Session | null;
  readonly frozen: readonly FrozenRelay[];
  readonly stream: readonly Message[];
  /** Facts of the stream that no journal has. */
  readonly ghostUncommitted: readonly ModelFact[];
}

export interface Lease {
  readonly owner: number;
  readonly epoch: number;
  readonly generation: number;
}

/** What a relay that publishes has in its memory. */
export interface Session extends Lease {
  /** The highest sequence that it was told of. */
  readonly lastSequence: number;
}

export interface FrozenRelay extends Session {
  readonly fact: string;
  /** The sequence of the ack that it did not yet mark; null when the message is still in its socket. */
  readonly acknowledgedAt: number | null;
}

/** Its sequence is its place in the stream, from 1. */
export interface Message {
  readonly fact: string;
  readonly generation: number;
}

/** A service's durable consumer of the other's stream, and what its database keeps of it. */
export interface Incoming {
  /** Messages up to here were given out. */
  readonly position: number;
  /** Those of them that are not acknowledged, some in the memory of a process. */
  readonly unacknowledged: readonly GivenOut[];
  readonly generation: number;
  /** Ids of handled facts, sorted. */
  readonly inbox: readonly string[];
  /** Ids of facts that had their chance to take effect, sorted. */
  readonly ghostHandled: readonly string[];
}

export interface GivenOut {
  readonly sequence: number;
  readonly fact: string;
  readonly generation: number;
  /** Only the server remembers that it gave it out; what it gives out again is what the stream then has there. */
  readonly isForgotten: boolean;
  /** What was read of the levels before they were locked; null where they are locked first. */
  readonly readTooEarly: readonly LevelRow[] | null;
}

/** What clients were told, and what they do not know. */
export interface Clients {
  /** Orders of which a client was told that they exist, sorted. */
  readonly toldPlaced: readonly string[];
  /** Orders of which a client was told that they are confirmed, sorted. */
  readonly toldConfirmed: readonly string[];
  /** Orders of which a client has no answer, and may ask again with the same key; sorted. */
  readonly unanswered: readonly string[];
}
