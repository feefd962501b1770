import type { Facility, KnownReservation, Level, OrderFact } from '@holdfast/inventory/deciding';
import type { Fact } from '@holdfast/messaging';
import type { ModelLine } from './orders-core.ts';
import type { LevelRow, ModelFact, ReservationRow, StatedFact } from './world.ts';

/** A tick of the model's clock is so long to inventory. */
export const tickMs = 60_000;

export const toLevel = ({ sku, facilityId, onHand, reserved }: LevelRow): Level => ({
  sku,
  facilityId,
  zone: 'PRIMARY',
  onHand,
  reserved,
  version: 1,
});

/** The nearer one first: f1 lies at the destination. */
export const facilities: ReadonlyMap<string, Facility> = new Map(
  ['f1', 'f2', 'f3'].map((id, place) => [
    id,
    { id, country: 'GB', latitude: 50 + place, longitude: 0, airportDistanceMm: place },
  ]),
);

export const toDate = (tick: number): Date => new Date(tick * tickMs);
const uuidStart = '00000000-0000-7000-8000-';
export const toUuid = (order: string): string => uuidStart + order.padStart(12, '0');
export const fromUuid = (orderId: string): string => orderId.slice(uuidStart.length).replace(/^0+/, '');

export const toReservation = ({
  status,
  version,
  expiresAt,
}: ReservationRow): KnownReservation['reservation'] => ({
  status,
  version,
  expiresAt: expiresAt === null ? null : toDate(expiresAt),
});

export const fromReservation = ({ status, version, expiresAt }: KnownReservation['reservation']) => ({
  status,
  version,
  expiresAt: expiresAt === null ? null : expiresAt.getTime() / tickMs,
});

export function orderFact(
  fact: ModelFact,
  linesOf: (order: string) => readonly ModelLine[],
): OrderFact | null {
  const envelope = {
    eventId: uuidStart + '0'.repeat(12),
    occurredAt: toDate(0),
    correlationId: uuidStart + '0'.repeat(12),
    causationId: null,
    traceparent: null,
  };
  const orderId = toUuid(fact.about);
  const { version } = fact;
  switch (fact.type) {
    case 'OrderPlaced': {
      const change = { orderId, version, from: null, to: 'PENDING' as const };
      const total = { amount: '1.00', currencyCode: 'GBP' };
      const destination = { country: 'GB', latitude: 50, longitude: 0 };
      const lines = [...linesOf(fact.about)];
      return {
        ...envelope,
        type: fact.type,
        data: { ...change, customerId: 'ada', reference: null, destination, total, lines },
      };
    }
    case 'OrderCancelled': {
      const change = { orderId, version, from: 'PENDING' as const, to: 'CANCELLED' as const };
      return { ...envelope, type: fact.type, data: { ...change, code: fact.code, reason: null } };
    }
    case 'OrderShipping':
      return { ...envelope, type: fact.type, data: { orderId, version, from: 'RESERVED', to: 'SHIPPING' } };
    case 'OrderReserved':
    case 'OrderRejected':
    case 'OrderConfirmed':
    case 'OrderDelivered':
    case 'StockReserved':
    case 'StockRejected':
    case 'StockReleased':
    case 'StockConfirmed':
    case 'ProductListed':
      return null;
  }
}

export function statedFact(fact: Fact): StatedFact {
  switch (fact.type) {
    case 'StockReserved': {
      const expiresAt = fact.data.expiresAt === null ? null : Date.parse(fact.data.expiresAt) / tickMs;
      return { type: fact.type, about: fromUuid(fact.data.orderId), version: fact.data.version, expiresAt };
    }
    case 'StockReleased':
      return {
        type: fact.type,
        about: fromUuid(fact.data.orderId),
        version: fact.data.version,
        cause: fact.data.cause,
      };
    case 'StockRejected':
    case 'StockConfirmed':
      return { type: fact.type, about: fromUuid(fact.data.orderId), version: fact.data.version };
    case 'ProductListed':
    case 'OrderPlaced':
    case 'OrderReserved':
    case 'OrderRejected':
    case 'OrderCancelled':
    case 'OrderConfirmed':
    case 'OrderShipping':
    case 'OrderDelivered':
      throw new Error(`inventory's batch stated ${fact.type}`);
  }
}
