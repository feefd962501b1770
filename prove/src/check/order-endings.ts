import type { Evidence, OrderRow, ReservationRow } from './evidence.ts';
import type { OrderMovements } from './ledger.ts';
import type { OperationsSeen, OrderSeen } from './operations-seen.ts';
import { Findings } from './violations.ts';

/** Rule: what clients were told that they did has its effect at the end, and nothing happened that nobody asked for. */
export function checkOrderEndings(
  evidence: Evidence,
  seen: OperationsSeen,
  byOrder: ReadonlyMap<string, OrderMovements>,
): Findings {
  const findings = new Findings(
    'endings',
    'each order ends as its history allows: what was acknowledged holds, and nothing happened unasked',
  );
  for (const order of evidence.orders.values()) {
    if (!seen.customers.has(order.customerId)) continue;
    findings.look();
    const history = seen.order(order.id);
    checkAcknowledged(findings, order, history);
    checkUnasked(findings, order, history);
    checkHold(findings, order, history, evidence.reservations.get(order.id), byOrder.get(order.id));
    checkByItself(findings, order, evidence);
  }
  return findings;
}

function checkAcknowledged(findings: Findings, { id, status }: OrderRow, { attempts }: OrderSeen): void {
  const told = (what: string) => () =>
    `order ${id}: a client was told that it is ${what}, and it is ${status}`;
  findings.expect(!attempts.cancel.isAcked || status === 'CANCELLED', 'lost', told('cancelled'));
  findings.expect(
    !attempts.ship.isAcked || status === 'SHIPPING' || status === 'DELIVERED',
    'lost',
    told('shipping'),
  );
  findings.expect(!attempts.deliver.isAcked || status === 'DELIVERED', 'lost', told('delivered'));
}

function checkUnasked(findings: Findings, order: OrderRow, { attempts }: OrderSeen): void {
  const { id, status, cancellationCode: code } = order;
  const isByPerson = code === 'CUSTOMER' || code === 'OPERATOR';
  findings.expect(
    !isByPerson || attempts.cancel.possible > 0,
    'other',
    () => `order ${id} is cancelled by ${code}, and nobody asked for it`,
  );
  const isShipped = status === 'SHIPPING' || status === 'DELIVERED';
  findings.expect(
    !isShipped || attempts.ship.possible > 0,
    'other',
    () => `order ${id} is ${status}, and nobody shipped it`,
  );
  findings.expect(
    status !== 'DELIVERED' || attempts.deliver.possible > 0,
    'other',
    () => `order ${id} is ${status}, and nobody delivered it`,
  );
}

function checkHold(
  findings: Findings,
  order: OrderRow,
  { attempts, extendedToMs }: OrderSeen,
  reservation: ReservationRow | undefined,
  movements: OrderMovements | undefined,
): void {
  const { id, status, cancellationCode: code } = order;
  const isExpired = code === 'HOLD_EXPIRED' || reservation?.status === 'EXPIRED';
  findings.expect(
    !attempts.confirm.isAcked || !isExpired,
    'lost',
    () => `order ${id}: a client was told that it is confirmed, and its hold ran out`,
  );
  const isOpen = reservation?.status === 'HELD' && reservation.expiresAtMs !== null;
  findings.expect(
    !attempts.confirm.isAcked || !isOpen,
    'lost',
    () => `order ${id}: a client was told that it is confirmed, and its hold still has an end`,
  );
  const isFollowed = status !== 'RESERVED' || !order.hasHold || order.isConfirmed;
  findings.expect(
    !attempts.confirm.isAcked || isFollowed,
    'stuck',
    () => `order ${id}: confirmed at inventory, and orders has not followed`,
  );
  findings.expect(
    !isOpen || !order.isConfirmed,
    'other',
    () => `order ${id} is confirmed, and its hold still has an end`,
  );
  findings.expect(
    code !== 'HOLD_EXPIRED' || reservation?.status === 'EXPIRED',
    'other',
    () => `order ${id} is cancelled as HOLD_EXPIRED, its reservation is ${reservation?.status}`,
  );
  if (extendedToMs === 0 || reservation?.status !== 'EXPIRED' || movements?.endedAtMs == null) return;
  const early = extendedToMs - movements.endedAtMs;
  findings.expect(
    early <= 0,
    'lost',
    () =>
      `order ${id}: its hold ran out ${early} ms before the end to which a client was told that it is extended`,
  );
}

function checkByItself(findings: Findings, order: OrderRow, { orderFacts, settings }: Evidence): void {
  if (order.cancellationCode !== 'UNDECIDED' || settings.orderDecisionMs === null) return;
  const facts = orderFacts.get(order.id) ?? [];
  const waitedMs = (facts.at(-1)?.occurredAtMs ?? 0) - (facts[0]?.occurredAtMs ?? 0);
  findings.expect(
    waitedMs >= settings.orderDecisionMs,
    'lost',
    () =>
      `order ${order.id} was given up as UNDECIDED after ${waitedMs} ms, it may wait ${settings.orderDecisionMs} ms`,
  );
}
