import { allRows, type Evidence } from './evidence.ts';
import type { FaultsSeen } from './faults-seen.ts';
import type { OperationsSeen } from './operations-seen.ts';
import type { Subscribers } from './subscribers.ts';

export interface SometimesSources {
  readonly evidence: Evidence;
  readonly operations: OperationsSeen;
  readonly subscribers: Subscribers;
  readonly faults: FaultsSeen;
  readonly absorbed: number;
  readonly redelivered: number;
  readonly poison: number;
}

/** How near to a hold's end counts as the last moment. */
const lastMomentMs = 1_000;

/** How often each thing was met that a proof under faults should meet. A zero in a long run means that it proved little. */
export async function countSometimes(sources: SometimesSources): Promise<Record<string, number>> {
  const { evidence, operations, subscribers, faults } = sources;
  const leases = [
    ...(await allRows(evidence.folder, 'lease-orders')),
    ...(await allRows(evidence.folder, 'lease-inventory')),
  ];
  const orders = [...evidence.orders.values()];
  const reservations = [...evidence.reservations.values()];
  const cancelledAs = (code: string): number =>
    orders.filter(({ cancellationCode }) => cancellationCode === code).length;
  const keys = [...operations.keys.values()];
  return {
    'duplicate absorbed': sources.absorbed,
    'redelivery handled': sources.redelivered,
    // Each epoch after the first of a service is a takeover or belongs to a repair.
    'lease taken over': leases.reduce(
      (sum, { epoch, generation }) => sum + Math.max(0, epoch - generation - 1),
      0,
    ),
    'tail repaired': leases.reduce((sum, { generation }) => sum + generation, 0),
    'tombstone used': reservations.filter(({ status }) => status === 'TOMBSTONE').length,
    'hold expired': reservations.filter(({ status }) => status === 'EXPIRED').length,
    'hold decided at the last moment': countLastMoments(evidence, operations),
    'poison parked': sources.poison,
    'slow client cut': subscribers.slowCut,
    'subscription resumed elsewhere': subscribers.resumedElsewhere,
    'unknown settled by its key': keys.filter(({ hasUnknown, isKnown }) => hasUnknown && isKnown).length,
    'key reused with other content': operations.codes.get('IDEMPOTENCY_KEY_REUSED') ?? 0,
    'cancel overtook the reservation': countOvertaken(evidence),
    'sold out': orders.filter(({ status }) => status === 'REJECTED').length,
    'given up undecided': cancelledAs('UNDECIDED'),
    'fault point hit': faults.faultPointsHit,
    'overloaded seen': operations.codes.get('OVERLOADED') ?? 0,
    shipped: reservations.filter(({ status }) => status === 'SHIPPED').length,
  };
}

const countOvertaken = ({ orderFacts }: Evidence): number =>
  [...orderFacts.values()].filter((facts) =>
    facts.some(
      ({ type, from, code }) => type === 'OrderCancelled' && from === 'PENDING' && code !== 'UNDECIDED',
    ),
  ).length;

/** Confirmed within a second before the hold's end, or told that it had ended within a second after it. */
function countLastMoments({ reservations, reservationFacts }: Evidence, operations: OperationsSeen): number {
  let moments = 0;
  for (const [orderId, facts] of reservationFacts) {
    const order = operations.orders.get(orderId);
    const reserved = facts.find(({ type }) => type === 'StockReserved');
    const endsAtMs = Math.max(
      reserved?.expiresAt == null ? 0 : Date.parse(reserved.expiresAt),
      order?.extendedToMs ?? 0,
    );
    if (endsAtMs === 0) continue;
    const confirmed = facts.find(({ type }) => type === 'StockConfirmed');
    const isLate = confirmed !== undefined && endsAtMs - confirmed.occurredAtMs <= lastMomentMs;
    const deniedAtMs = order?.expiredToldAtMs ?? 0;
    const endedAtMs = reservations.get(orderId)?.expiresAtMs ?? endsAtMs;
    const isJustOver = deniedAtMs > 0 && Math.abs(deniedAtMs - endedAtMs) <= lastMomentMs;
    if (isLate || isJustOver) moments += 1;
  }
  return moments;
}
