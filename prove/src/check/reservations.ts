import { levelName, type Evidence, type OrderRow, type ReservationRow } from './evidence.ts';
import type { OrderMovements } from './ledger.ts';
import { contentOf } from './operations-seen.ts';
import { Findings, type ViolationClass } from './violations.ts';

/** What an order's reservation may be once all is at rest, and what it means when it is not. */
const expected: Readonly<
  Record<string, { readonly reservation: readonly string[]; readonly otherwise: ViolationClass }>
> = {
  RESERVED: { reservation: ['HELD'], otherwise: 'oversold' },
  REJECTED: { reservation: ['REJECTED'], otherwise: 'other' },
  CANCELLED: { reservation: ['RELEASED', 'EXPIRED', 'TOMBSTONE', 'REJECTED'], otherwise: 'stuck' },
  SHIPPING: { reservation: ['SHIPPED'], otherwise: 'stuck' },
  DELIVERED: { reservation: ['SHIPPED'], otherwise: 'stuck' },
};

/** Rule: at rest each order has the reservation that its status says, tied whole or not at all. */
export function checkTied({ orders, reservations }: Evidence): Findings {
  const findings = new Findings(
    'tied',
    'a RESERVED or shipped order has exactly its units tied, every other one none',
  );
  for (const order of orders.values()) {
    findings.look();
    checkOrder(findings, order, reservations.get(order.id));
  }
  for (const { orderId, status } of reservations.values())
    findings.expect(
      orders.has(orderId),
      'lost',
      () => `order ${orderId}: inventory has it as ${status}, orders does not have it`,
    );
  return findings;
}

function checkOrder(findings: Findings, order: OrderRow, reservation: ReservationRow | undefined): void {
  const rule = expected[order.status];
  if (rule === undefined) return; // PENDING: the rule on rest tells of it.
  const has = reservation?.status ?? 'no reservation';
  findings.expect(
    rule.reservation.includes(has),
    rule.otherwise,
    () => `order ${order.id} is ${order.status}, its reservation ${has}`,
  );
  if (reservation === undefined || (has !== 'HELD' && has !== 'SHIPPED')) return;
  const tied = new Map<string, number>();
  for (const { sku, quantity } of reservation.allocations) tied.set(sku, (tied.get(sku) ?? 0) + quantity);
  const content = contentOf(
    Array.from(tied, ([sku, quantity]) => ({ sku, quantity })).sort((one, other) =>
      one.sku < other.sku ? -1 : 1,
    ),
  );
  findings.expect(
    content === contentOf(order.lines),
    'oversold',
    () => `order ${order.id} has ${contentOf(order.lines)}, tied is ${content || 'nothing'}`,
  );
}

/** How a reservation that tied stock has ended, as the ledger calls it. */
const endings: Readonly<Record<string, string | null>> = {
  HELD: null,
  RELEASED: 'RELEASED',
  EXPIRED: 'EXPIRED',
  SHIPPED: 'SHIPPED',
};

/** Rule: the ledger has each allocation tied once, and given back or shipped once where its reservation says so. */
export function checkMovedOnce(
  { reservations }: Evidence,
  byOrder: ReadonlyMap<string, OrderMovements>,
): Findings {
  const findings = new Findings(
    'moved',
    'each allocation is reserved once in the ledger, and ended once when its reservation has ended',
  );
  for (const reservation of reservations.values()) {
    findings.look();
    checkMovements(findings, reservation, byOrder.get(reservation.orderId));
  }
  for (const orderId of byOrder.keys())
    findings.expect(
      reservations.has(orderId),
      'other',
      () => `order ${orderId} has movements and no reservation`,
    );
  return findings;
}

function checkMovements(
  findings: Findings,
  reservation: ReservationRow,
  movements: OrderMovements | undefined,
): void {
  const { orderId, status, allocations, expiresAtMs } = reservation;
  const wanted = new Map<string, number>();
  if (status in endings) {
    for (const allocation of allocations) {
      wanted.set(`RESERVED ${levelName(allocation)}`, allocation.quantity);
      const ending = endings[status];
      if (ending != null) wanted.set(`${ending} ${levelName(allocation)}`, allocation.quantity);
    }
  }
  const moved = movements?.moved ?? new Map<string, { times: number; quantity: number }>();
  for (const name of new Set([...wanted.keys(), ...moved.keys()])) {
    const { times, quantity } = moved.get(name) ?? { times: 0, quantity: 0 };
    const told = (): string =>
      `order ${orderId} (${status}): ${name}: ${times} movements of ${quantity} units, expected ${wanted.get(name) ?? 'none'}`;
    if (times > 1) findings.add('doubled', told());
    else findings.expect(quantity === (wanted.get(name) ?? 0), 'other', told);
  }
  if (status !== 'EXPIRED' || movements?.endedAtMs == null || expiresAtMs === null) return;
  const early = expiresAtMs - movements.endedAtMs;
  findings.expect(
    early <= 0,
    'lost',
    () => `order ${orderId}: its hold was taken ${early} ms before its end`,
  );
}
