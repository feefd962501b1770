import { appendFacts, commandTransaction, type Fact, newEventId } from '@holdfast/messaging';
import { invalidInput, type EntityDatabase, type Problem } from '@holdfast/service';
import { LockMode } from '@mikro-orm/core';
import { decide, evolve, type ReservationCommand, type ReservationRejection } from '../domain/reservation.ts';
import { ReservationEntity } from '../store/entities.ts';
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

/** Makes a hold that is not due a promise without end, and states StockConfirmed. Repeating it changes nothing. */
export const confirmOrder = (database: EntityDatabase, request: HoldRequest): Promise<HoldProblem> =>
  changeHold(database, request, (now) => ({ kind: 'CONFIRM', now }));

/** Moves the end of a hold that is not due by so many minutes, 1 to 10,080. */
export async function extendHold(
  database: EntityDatabase,
  request: HoldRequest,
  minutes: number,
): Promise<HoldProblem> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > maxExtensionMinutes) {
    return invalidInput(`minutes is ${minutes}; allowed: 1 to ${maxExtensionMinutes}`, ['minutes']);
  }
  return changeHold(database, request, (now) => ({ kind: 'EXTEND', now, byMs: minutes * 60_000 }));
}

/** Decides under the reservation's row lock, by the database's clock; another customer's order is an unknown one. */
async function changeHold(
  database: EntityDatabase,
  request: HoldRequest,
  commandAt: (now: Date) => ReservationCommand,
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
    em.assign(reservation, evolve(reservation, decision.accepted));
    await em.flush();
    if (decision.accepted.kind === 'CONFIRMED') {
      await appendFacts(tx, [stockConfirmed(orderId, reservation.version, now, request)]);
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
