import type { DecisionRecord } from './allocation-record.ts';
import type { Allocation, AllocationOutcome, Shortage } from './allocation.ts';

/** REJECTED and TOMBSTONE never tied anything; a TOMBSTONE is a cancel that came before its order. */
export type ReservationStatus = 'HELD' | 'RELEASED' | 'EXPIRED' | 'SHIPPED' | 'REJECTED' | 'TOMBSTONE';

/** What inventory decided about one order, kept for good; null until it heard of the order. */
export interface Reservation {
  readonly status: ReservationStatus;
  /** 1 when decided, one more with each change. */
  readonly version: number;
  /** The end of the hold; null when it has none. */
  readonly expiresAt: Date | null;
}

export type ReservationCommand =
  /** The order was placed; `allocate` chooses among the levels as they stand now. Null: the hold has no end. */
  | { readonly kind: 'RESERVE'; readonly allocate: () => AllocationOutcome; readonly expiresAt: Date | null }
  /** The order was cancelled. */
  | { readonly kind: 'RELEASE' }
  | { readonly kind: 'CONFIRM'; readonly now: Date }
  | { readonly kind: 'EXTEND'; readonly now: Date; readonly byMs: number }
  /** Time has passed; it does nothing to a hold that is not due. */
  | { readonly kind: 'EXPIRE'; readonly now: Date }
  /** The order's units have left. */
  | { readonly kind: 'SHIP' };

export type ReservationEvent =
  | {
      readonly kind: 'HELD';
      readonly allocations: readonly Allocation[];
      readonly decision: DecisionRecord;
      readonly expiresAt: Date | null;
    }
  | { readonly kind: 'REJECTED'; readonly shortages: readonly Shortage[] }
  | { readonly kind: 'TOMBSTONED' }
  | { readonly kind: 'RELEASED' }
  | { readonly kind: 'CONFIRMED' }
  | { readonly kind: 'EXTENDED'; readonly expiresAt: Date }
  | { readonly kind: 'EXPIRED' }
  | { readonly kind: 'SHIPPED' };

/** Nothing was ever tied to the order; or it was, and is not held any more. */
export type ReservationRejection = 'ORDER_NOT_FOUND' | 'HOLD_EXPIRED';

export type ReservationDecision =
  /** Null: it is already so. */
  { readonly accepted: ReservationEvent | null } | { readonly rejected: ReservationRejection };

/** Says what a command does to an order's reservation. A fact that comes twice, or too late, is already so. */
export function decide(command: ReservationCommand, reservation: Reservation | null): ReservationDecision {
  switch (command.kind) {
    case 'RESERVE':
      return { accepted: reservation === null ? reserved(command.allocate(), command.expiresAt) : null };
    case 'RELEASE':
      if (reservation === null) return { accepted: { kind: 'TOMBSTONED' } };
      return { accepted: reservation.status === 'HELD' ? { kind: 'RELEASED' } : null };
    case 'CONFIRM':
      return decideOnHold(reservation, command.now, () => ({ kind: 'CONFIRMED' }));
    case 'EXTEND':
      return decideOnHold(reservation, command.now, (expiresAt) => ({
        kind: 'EXTENDED',
        expiresAt: new Date(expiresAt.getTime() + command.byMs),
      }));
    case 'EXPIRE':
      return { accepted: isDueHold(reservation, command.now) ? { kind: 'EXPIRED' } : null };
    case 'SHIP':
      return ship(reservation);
  }
}

/** The reservation after an event. */
export function evolve(reservation: Reservation | null, event: ReservationEvent): Reservation {
  const version = (reservation?.version ?? 0) + 1;
  const expiresAt = reservation?.expiresAt ?? null;
  switch (event.kind) {
    case 'HELD':
      return { status: 'HELD', version, expiresAt: event.expiresAt };
    case 'REJECTED':
      return { status: 'REJECTED', version, expiresAt: null };
    case 'TOMBSTONED':
      return { status: 'TOMBSTONE', version, expiresAt: null };
    case 'RELEASED':
      return { status: 'RELEASED', version, expiresAt };
    case 'CONFIRMED':
      return { status: 'HELD', version, expiresAt: null };
    case 'EXTENDED':
      return { status: 'HELD', version, expiresAt: event.expiresAt };
    case 'EXPIRED':
      return { status: 'EXPIRED', version, expiresAt };
    case 'SHIPPED':
      return { status: 'SHIPPED', version, expiresAt };
  }
}

/** A hold ends at its very instant, whether or not it was released yet. */
export const isDueHold = (reservation: Reservation | null, now: Date): boolean =>
  reservation?.status === 'HELD' && reservation.expiresAt !== null && reservation.expiresAt <= now;

function reserved(outcome: AllocationOutcome, expiresAt: Date | null): ReservationEvent {
  return outcome.kind === 'ALLOCATED'
    ? { kind: 'HELD', allocations: outcome.allocations, decision: outcome.decision, expiresAt }
    : { kind: 'REJECTED', shortages: outcome.shortages };
}

/** A hold without an end is confirmed already, and so is what was shipped; one that is due is lost. */
function decideOnHold(
  reservation: Reservation | null,
  now: Date,
  change: (expiresAt: Date) => ReservationEvent,
): ReservationDecision {
  switch (reservation?.status) {
    case undefined:
    case 'REJECTED':
    case 'TOMBSTONE':
      return { rejected: 'ORDER_NOT_FOUND' };
    case 'RELEASED':
    case 'EXPIRED':
      return { rejected: 'HOLD_EXPIRED' };
    case 'SHIPPED':
      return { accepted: null };
    case 'HELD':
      if (reservation.expiresAt === null) return { accepted: null };
      return isDueHold(reservation, now)
        ? { rejected: 'HOLD_EXPIRED' }
        : { accepted: change(reservation.expiresAt) };
  }
}

/**
 * What is still held is shipped, whatever its end: orders knows that it left. An order ships only what was reserved and, if
 * it was a hold, confirmed; then nothing but this ends the reservation, so each refusal tells of a fact that was lost.
 */
function ship(reservation: Reservation | null): ReservationDecision {
  switch (reservation?.status) {
    case undefined:
    case 'REJECTED':
    case 'TOMBSTONE':
      return { rejected: 'ORDER_NOT_FOUND' };
    case 'RELEASED':
    case 'EXPIRED':
      return { rejected: 'HOLD_EXPIRED' };
    case 'HELD':
      return { accepted: { kind: 'SHIPPED' } };
    case 'SHIPPED':
      return { accepted: null };
  }
}
