import { appendFacts, commandTransaction, newEventId, type Fact } from '@holdfast/messaging';
import { invalidInput, type EntityDatabase, type Problem } from '@holdfast/service';
import { LockMode } from '@mikro-orm/core';
import { decide, evolve, type ReservationCommand, type ReservationRejection } from '../domain/reservation.ts';
import type { Level } from '../domain/stock.ts';
import { ReservationEntity } from '../store/entities.ts';
import { outdateReadings } from '../store/levels.ts';
import { readAllocations } from '../store/reservations.ts';
import { readClock } from '../store/stock-commands.ts';

export interface HoldRequest {
  readonly orderId: string;
  /** Null when the request may change any customer's order. */
  readonly customerId: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

/** Null when it was done, or was so already. */
export type HoldProblem = Problem | null;

const maxExtensionMinutes = 7 * 24 * 60;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Told before the commit. */
type OnLevelsChanged = (levels: readonly Level[]) => void;

/**
 * Longer than a transaction that is alive may take from its decision to its commit. Readings until then may see a hold due
 * that was confirmed or extended in time.
 */
const commitWithinMs = 30_000;

/** Makes a hold that is not due a promise without end, and states StockConfirmed. Repeating it changes nothing. */
export const confirmOrder = (
  database: EntityDatabase,
  request: HoldRequest,
  onLevelsChanged: OnLevelsChanged = () => {},
): Promise<HoldProblem> =>
  changeHold(database, request, (now) => ({ kind: 'CONFIRM', now }), onLevelsChanged);

/** Moves the end of a hold that is not due by so many minutes, 1 to 10,080. */
export async function extendHold(
  database: EntityDatabase,
  request: HoldRequest,
  minutes: number,
  onLevelsChanged: OnLevelsChanged = () => {},
): Promise<HoldProblem> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > maxExtensionMinutes) {
    return invalidInput(`minutes is ${minutes}; allowed: 1 to ${maxExtensionMinutes}`, ['minutes']);
  }
  return changeHold(
    database,
    request,
    (now) => ({ kind: 'EXTEND', now, byMs: minutes * 60_000 }),
    onLevelsChanged,
  );
}

/**
 * Decides under the reservation's row lock, by the database's clock as it is then; another customer's order is an unknown one.
 * Near the hold's end it also gives its levels newer versions, since readings may have counted its units as available.
 */
async function changeHold(
  database: EntityDatabase,
  request: HoldRequest,
  commandAt: (now: Date) => ReservationCommand,
  onLevelsChanged: OnLevelsChanged,
): Promise<HoldProblem> {
  const orderId = request.orderId.toLowerCase();
  if (!uuid.test(orderId)) return problemOf('ORDER_NOT_FOUND');
  return commandTransaction(database, async (tx) => {
    const em = database.entities(tx);
    const reservation = await em.findOne(ReservationEntity, orderId, {
      lockMode: LockMode.PESSIMISTIC_WRITE,
    });
    const isTheirs = request.customerId === null || reservation?.customerId === request.customerId;
    if (reservation === null || !isTheirs) return problemOf('ORDER_NOT_FOUND');
    const now = await readClock(tx);
    const decision = decide(commandAt(now), reservation);
    if ('rejected' in decision) return problemOf(decision.rejected);
    if (decision.accepted === null) return null;
    const isNearEnd = reservation.expiresAt!.getTime() - now.getTime() < commitWithinMs;
    em.assign(reservation, evolve(reservation, decision.accepted));
    await em.flush();
    if (decision.accepted.kind === 'CONFIRMED') {
      await appendFacts(tx, [stockConfirmed(orderId, reservation.version, now, request)]);
    }
    if (isNearEnd) {
      const allocations = await readAllocations(tx, [orderId]);
      onLevelsChanged(await outdateReadings(tx, allocations.get(orderId) ?? []));
    }
    return null;
  });
}

const stockConfirmed = (
  orderId: string,
  version: number,
  now: Date,
  { correlationId, traceparent }: HoldRequest,
): Fact => ({
  eventId: newEventId(),
  type: 'StockConfirmed',
  occurredAt: now,
  correlationId,
  causationId: null,
  traceparent,
  data: { orderId, version, decidedAt: now.toISOString() },
});

function problemOf(rejection: ReservationRejection): Problem {
  switch (rejection) {
    case 'ORDER_NOT_FOUND':
      return { code: rejection, message: 'There is no such order with stock tied to it', path: ['orderId'] };
    case 'HOLD_EXPIRED':
      return { code: rejection, message: 'The stock is no longer held for this order', path: ['orderId'] };
  }
}
