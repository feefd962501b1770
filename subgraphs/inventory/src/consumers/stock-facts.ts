import { newEventId, type Fact } from '@holdfast/messaging';
import type { Shortage } from '../domain/allocation.ts';
import type { Reservation, ReservationEvent } from '../domain/reservation.ts';

/** What a decision follows from. */
export interface Cause {
  /** Null when no fact caused it. */
  readonly eventId: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** Whose order it is, where the cause says so. */
  readonly customerId: string | null;
}

/** The fact that tells of an event, with the reservation as the event left it; null when nobody is told. */
export function factOf(
  event: ReservationEvent,
  orderId: string,
  reservation: Reservation,
  cause: Cause,
  now: Date,
): Fact | null {
  const envelope = {
    eventId: newEventId(),
    occurredAt: now,
    correlationId: cause.correlationId,
    causationId: cause.eventId,
    traceparent: cause.traceparent,
  };
  const change = { orderId, version: reservation.version, decidedAt: now.toISOString() };
  switch (event.kind) {
    case 'HELD': {
      const facilityCount = new Set(event.allocations.map(({ facilityId }) => facilityId)).size;
      const expiresAt = event.expiresAt?.toISOString() ?? null;
      return { ...envelope, type: 'StockReserved', data: { ...change, expiresAt, facilityCount } };
    }
    case 'REJECTED':
      return { ...envelope, type: 'StockRejected', data: { ...change, ...rejectionOf(event.shortages) } };
    case 'RELEASED':
      return { ...envelope, type: 'StockReleased', data: { ...change, cause: 'CANCELLED' } };
    case 'EXPIRED':
      return { ...envelope, type: 'StockReleased', data: { ...change, cause: 'EXPIRED' } };
    case 'CONFIRMED':
      return { ...envelope, type: 'StockConfirmed', data: change };
    case 'TOMBSTONED':
    case 'EXTENDED':
    case 'SHIPPED':
      return null;
  }
}

/** Room for shortages in a fact, which may have 256 KiB; the decision row keeps them all. */
const maxShortagesBytes = 200 * 1024;

function rejectionOf(shortages: readonly Shortage[]): { reason: string; shortages: Shortage[] } {
  const named: Shortage[] = [];
  let bytes = 0;
  for (const shortage of shortages) {
    bytes += Buffer.byteLength(JSON.stringify(shortage)) + 1;
    if (bytes > maxShortagesBytes) break;
    named.push(shortage);
  }
  const count = shortages.length === 1 ? '1 SKU' : `${shortages.length} SKUs`;
  const more = shortages.length - named.length;
  return {
    reason: `Not enough stock of ${count}${more > 0 ? `; ${more} of them are not named here` : ''}`,
    shortages: named,
  };
}
