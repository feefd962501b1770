import type { Evidence } from './evidence.ts';
import type { JournalRow } from './snapshot-rows.ts';
import { Findings } from './violations.ts';

const transitions: Readonly<Record<string, readonly string[]>> = {
  OrderPlaced: ['nothing > PENDING'],
  OrderReserved: ['PENDING > RESERVED'],
  OrderRejected: ['PENDING > REJECTED'],
  OrderCancelled: ['PENDING > CANCELLED', 'RESERVED > CANCELLED'],
  OrderConfirmed: ['RESERVED > RESERVED'],
  OrderShipping: ['RESERVED > SHIPPING'],
  OrderDelivered: ['SHIPPING > DELIVERED'],
};

/** Rule: an order's facts carry versions 1, 2, 3 …, each begins where the one before ended, and the order stands at the last. */
export function checkOrderVersions({ orders, orderFacts }: Evidence): Findings {
  const findings = new Findings(
    'versions',
    "an order's changes carry versions 1, 2, 3 …, are allowed, and it stands where the last one left it",
  );
  for (const [orderId, facts] of orderFacts) {
    findings.look();
    checkChain(findings, orderId, facts);
    const order = orders.get(orderId);
    const last = facts.at(-1)!;
    if (order === undefined)
      findings.add('lost', `order ${orderId} has facts up to version ${last.version}, and is not there`);
    else
      findings.expect(
        order.version === last.version && order.status === last.to,
        'lost',
        () =>
          `order ${orderId} is ${order.status} at version ${order.version}, its last fact says ${last.to} at ${last.version}`,
      );
  }
  for (const id of orders.keys())
    findings.expect(orderFacts.has(id), 'lost', () => `order ${id} has no fact in the journal`);
  return findings;
}

function checkChain(findings: Findings, orderId: string, facts: readonly JournalRow[]): void {
  let before: JournalRow | null = null;
  for (const fact of facts) {
    const wanted = (before?.version ?? 0) + 1;
    findings.expect(
      fact.version === wanted,
      fact.version < wanted ? 'doubled' : 'lost',
      () => `order ${orderId}: version ${fact.version} (${fact.type}) stands where ${wanted} belongs`,
    );
    const change = `${fact.from ?? 'nothing'} > ${fact.to}`;
    findings.expect(
      (transitions[fact.type]?.includes(change) ?? false) && fact.from === (before?.to ?? null),
      'other',
      () =>
        `order ${orderId}: ${fact.type} at version ${fact.version} is ${change}, the one before ended in ${before?.to ?? 'nothing'}`,
    );
    before = fact;
  }
}

/** Rule: of one reservation each kind of fact is stated at most once, the decision first and the release last. */
export function checkReservationFacts({ reservationFacts }: Evidence): Findings {
  const findings = new Findings(
    'decided',
    'inventory decides an order once, confirms it at most once and releases it at most once',
  );
  const place: Readonly<Record<string, number>> = {
    StockReserved: 0,
    StockRejected: 0,
    StockConfirmed: 1,
    StockReleased: 2,
  };
  for (const [orderId, facts] of reservationFacts) {
    findings.look();
    const places = facts.map(({ type }) => place[type] ?? 3);
    const isRising = places.every((here, index) => index === 0 || here > places[index - 1]!);
    findings.expect(
      isRising && places[0] === 0,
      new Set(places).size < places.length ? 'doubled' : 'other',
      () =>
        `order ${orderId}: inventory stated ${facts.map(({ type, version }) => `${type} ${version}`).join(', ')}`,
    );
  }
  return findings;
}
