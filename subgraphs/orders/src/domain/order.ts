import {
  priceDraft,
  type OrderDraft,
  type PlacedOrder,
  type PlacingRejection,
  type PriceList,
} from './placing.ts';

/** PENDING → RESERVED | REJECTED | CANCELLED; RESERVED → SHIPPING | CANCELLED; SHIPPING → DELIVERED. */
export type OrderState =
  | { readonly status: 'NEW'; readonly version: 0 }
  /** `isConfirmed`: inventory's confirmation overtook its reservation, and waits for it here. */
  | { readonly status: 'PENDING'; readonly version: number; readonly isConfirmed: boolean }
  /** `hasHold`: its reservation ends unless it is confirmed in time. */
  | {
      readonly status: 'RESERVED';
      readonly version: number;
      readonly isConfirmed: boolean;
      readonly hasHold: boolean;
    }
  | { readonly status: 'REJECTED' | 'CANCELLED' | 'SHIPPING' | 'DELIVERED'; readonly version: number };

export type OrderStatus = Exclude<OrderState['status'], 'NEW'>;

export interface Shortage {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
}

/** Who ended the order, or why it ended by itself. */
export type CancellationCode = 'CUSTOMER' | 'OPERATOR' | 'UNDECIDED' | 'HOLD_EXPIRED';

/** What clients ask for, and what inventory's facts ask the order to follow. */
export type OrderCommand =
  | { readonly type: 'Place'; readonly draft: OrderDraft; readonly prices: PriceList }
  | {
      readonly type: 'Cancel';
      readonly code: Exclude<CancellationCode, 'HOLD_EXPIRED'>;
      readonly reason: string | null;
    }
  | {
      readonly type: 'FollowReservation';
      readonly facilityCount: number;
      readonly decidedAt: string;
      readonly hasHold: boolean;
    }
  | { readonly type: 'FollowRejection'; readonly reason: string; readonly shortages: readonly Shortage[] }
  | { readonly type: 'FollowRelease'; readonly cause: 'CANCELLED' | 'EXPIRED' }
  | { readonly type: 'FollowConfirmation' }
  | { readonly type: 'Ship' }
  | { readonly type: 'Deliver' };

interface Change<Type extends string, From extends OrderStatus | null, To extends OrderStatus> {
  readonly type: Type;
  /** The order's version after the change. */
  readonly version: number;
  readonly from: From;
  readonly to: To;
}

/** A change that clients and other services hear of; versions count these without gaps. */
export type OrderChange =
  | (Change<'OrderPlaced', null, 'PENDING'> & { readonly order: PlacedOrder })
  | (Change<'OrderReserved', 'PENDING', 'RESERVED'> & {
      readonly facilityCount: number;
      readonly decidedAt: string;
      readonly hasHold: boolean;
    })
  | (Change<'OrderRejected', 'PENDING', 'REJECTED'> & {
      readonly reason: string;
      readonly shortages: readonly Shortage[];
    })
  | (Change<'OrderCancelled', 'PENDING' | 'RESERVED', 'CANCELLED'> & {
      readonly code: CancellationCode;
      readonly reason: string | null;
    })
  | Change<'OrderConfirmed', 'RESERVED', 'RESERVED'>
  | Change<'OrderShipping', 'RESERVED', 'SHIPPING'>
  | Change<'OrderDelivered', 'SHIPPING', 'DELIVERED'>;

/** `ConfirmationNoted` is remembered but is no change: it has no version, and nobody hears of it. */
export type OrderEvent = OrderChange | { readonly type: 'ConfirmationNoted' };

export type OrderRejection =
  | PlacingRejection
  | {
      /**
       * `NOT_CONFIRMED`: it would be shippable, but its hold is not confirmed. `RELEASED_AFTER_SHIPPING`: inventory gave away
       * stock that is on its way to the customer, which no history of the two allows.
       */
      readonly code:
        'NOT_CANCELLABLE' | 'NOT_SHIPPABLE' | 'NOT_CONFIRMED' | 'NOT_DELIVERABLE' | 'RELEASED_AFTER_SHIPPING';
      readonly status: OrderState['status'];
    };

export type Decision = { readonly accepted: readonly OrderEvent[] } | { readonly rejected: OrderRejection };

export const newOrder: OrderState = { status: 'NEW', version: 0 };

/**
 * What a command does to an order; an empty list means that it is already so. Inventory's facts are not rejected: one
 * that comes twice, late or before its predecessor leads to the same final state. The one exception is the end of a hold
 * whose order has shipped, which cannot be, since only what has no hold or a confirmed one ships.
 */
export function decide(command: OrderCommand, state: OrderState): Decision {
  switch (command.type) {
    case 'Place':
      return place(command.draft, command.prices, state);
    case 'Cancel':
      return cancel(command.code, command.reason, state);
    case 'FollowReservation':
      return accepted(reserve(command, state));
    case 'FollowRejection':
      return accepted(reject(command.reason, command.shortages, state));
    case 'FollowRelease':
      return release(command.cause, state);
    case 'FollowConfirmation':
      return accepted(confirm(state));
    case 'Ship':
      return ship(state);
    case 'Deliver':
      return deliver(state);
  }
}

/** The state after an event. */
export function evolve(state: OrderState, event: OrderEvent): OrderState {
  switch (event.type) {
    case 'OrderPlaced':
      return { status: 'PENDING', version: event.version, isConfirmed: false };
    case 'OrderReserved':
      return { status: 'RESERVED', version: event.version, isConfirmed: false, hasHold: event.hasHold };
    case 'OrderConfirmed': {
      const hasHold = state.status === 'RESERVED' && state.hasHold;
      return { status: 'RESERVED', version: event.version, isConfirmed: true, hasHold };
    }
    case 'OrderRejected':
    case 'OrderCancelled':
    case 'OrderShipping':
    case 'OrderDelivered':
      return { status: event.to, version: event.version };
    case 'ConfirmationNoted':
      return state.status === 'PENDING' ? { ...state, isConfirmed: true } : state;
  }
}

const accepted = (events: readonly OrderEvent[]): Decision => ({ accepted: events });

function place(draft: OrderDraft, prices: PriceList, state: OrderState): Decision {
  if (state.status !== 'NEW') return accepted([]);
  const order = priceDraft(draft, prices);
  if ('code' in order) return { rejected: order };
  return accepted([{ type: 'OrderPlaced', version: 1, from: null, to: 'PENDING', order }]);
}

function cancel(code: CancellationCode, reason: string | null, state: OrderState): Decision {
  if (state.status === 'CANCELLED' || (code === 'UNDECIDED' && isDecided(state))) return accepted([]);
  if (state.status !== 'PENDING' && state.status !== 'RESERVED')
    return { rejected: { code: 'NOT_CANCELLABLE', status: state.status } };
  return accepted([cancelled(state, code, reason)]);
}

/** Also when the confirmation of a reservation is here and the reservation itself is on its way. */
const isDecided = (state: OrderState): boolean => state.status !== 'PENDING' || state.isConfirmed;

const cancelled = (
  state: OrderState & { status: 'PENDING' | 'RESERVED' },
  code: CancellationCode,
  reason: string | null,
): OrderChange => ({
  type: 'OrderCancelled',
  version: state.version + 1,
  from: state.status,
  to: 'CANCELLED',
  code,
  reason,
});

function reserve(
  { facilityCount, decidedAt, hasHold }: OrderCommand & { type: 'FollowReservation' },
  state: OrderState,
): readonly OrderEvent[] {
  if (state.status !== 'PENDING') return [];
  const version = state.version + 1;
  const reserved = { type: 'OrderReserved', version, from: 'PENDING', to: 'RESERVED' } as const;
  const events: OrderEvent[] = [{ ...reserved, facilityCount, decidedAt, hasHold }];
  if (state.isConfirmed) events.push(confirmed(version + 1));
  return events;
}

const confirmed = (version: number): OrderChange => ({
  type: 'OrderConfirmed',
  version,
  from: 'RESERVED',
  to: 'RESERVED',
});

function reject(reason: string, shortages: readonly Shortage[], state: OrderState): readonly OrderEvent[] {
  if (state.status !== 'PENDING') return [];
  const version = state.version + 1;
  return [{ type: 'OrderRejected', version, from: 'PENDING', to: 'REJECTED', reason, shortages }];
}

/** A release after a cancel is the echo of the order's own cancellation; only the end of a hold ends the order. */
function release(cause: 'CANCELLED' | 'EXPIRED', state: OrderState): Decision {
  if (cause === 'CANCELLED') return accepted([]);
  if (state.status === 'SHIPPING' || state.status === 'DELIVERED')
    return { rejected: { code: 'RELEASED_AFTER_SHIPPING', status: state.status } };
  return accepted(
    state.status === 'PENDING' || state.status === 'RESERVED' ? [cancelled(state, 'HOLD_EXPIRED', null)] : [],
  );
}

function confirm(state: OrderState): readonly OrderEvent[] {
  if (state.status === 'RESERVED' && !state.isConfirmed) return [confirmed(state.version + 1)];
  if (state.status === 'PENDING' && !state.isConfirmed) return [{ type: 'ConfirmationNoted' }];
  return [];
}

function ship(state: OrderState): Decision {
  if (state.status === 'SHIPPING' || state.status === 'DELIVERED') return accepted([]);
  if (state.status !== 'RESERVED') return { rejected: { code: 'NOT_SHIPPABLE', status: state.status } };
  if (state.hasHold && !state.isConfirmed)
    return { rejected: { code: 'NOT_CONFIRMED', status: state.status } };
  return accepted([{ type: 'OrderShipping', version: state.version + 1, from: 'RESERVED', to: 'SHIPPING' }]);
}

function deliver(state: OrderState): Decision {
  if (state.status === 'DELIVERED') return accepted([]);
  if (state.status !== 'SHIPPING') return { rejected: { code: 'NOT_DELIVERABLE', status: state.status } };
  return accepted([
    { type: 'OrderDelivered', version: state.version + 1, from: 'SHIPPING', to: 'DELIVERED' },
  ]);
}
