import { keyName, type Evidence } from './evidence.ts';
import { contentOf, type KeySeen, type OperationsSeen } from './operations-seen.ts';
import { Findings } from './violations.ts';

/** Rule: every order that a client was told of is there, with every version it was told of. */
export function checkOrdersKept({ orders }: Evidence, seen: OperationsSeen): Findings {
  const findings = new Findings(
    'kept',
    'every order that a client was told of is there, no older than it was told',
  );
  for (const [orderId, { toldVersion }] of seen.orders) {
    if (toldVersion === 0) continue;
    findings.look();
    const order = orders.get(orderId);
    if (order === undefined)
      findings.add('lost', `order ${orderId}: told of version ${toldVersion}, and there is no such order`);
    else
      findings.expect(
        order.version >= toldVersion,
        'lost',
        () => `order ${orderId}: told of version ${toldVersion}, it is at ${order.version}`,
      );
  }
  return findings;
}

/** Rule: a customer's key stands for one order, which is there once, or not at all if nobody was told of it. */
export function checkPlacedOnce(evidence: Evidence, seen: OperationsSeen): Findings {
  const findings = new Findings(
    'once',
    "a customer's key stands for one order with what was asked; an unknown place is there once or not at all, and its key settles it",
  );
  for (const key of seen.keys.values()) {
    findings.look();
    checkKey(findings, evidence, key);
  }
  const byReference = new Map<string, string>();
  for (const { id, customerId, reference } of evidence.orders.values()) {
    if (!seen.customers.has(customerId) || reference === null) continue;
    const name = keyName(customerId, reference);
    const other = byReference.get(name);
    byReference.set(name, id);
    findings.expect(
      other === undefined,
      'doubled',
      () => `customer ${customerId}, key ${reference}: orders ${other} and ${id}`,
    );
    findings.expect(
      seen.keys.has(name),
      'other',
      () => `order ${id} of ${customerId} has a key that nobody used: ${reference}`,
    );
  }
  return findings;
}

function checkKey(findings: Findings, { keys, orders }: Evidence, seen: KeySeen): void {
  const { customer, key, answers, contents } = seen;
  const what = `customer ${customer}, key ${key}`;
  const orderId = keys.get(keyName(customer, key));
  findings.expect(
    answers.size <= 1,
    'doubled',
    () => `${what}: answered with orders ${[...answers.keys()].join(' and ')}`,
  );
  for (const answered of answers.keys()) {
    if (orderId === undefined)
      findings.add('lost', `${what}: answered with order ${answered}, and the key is not stored`);
    else
      findings.expect(
        answered === orderId,
        'doubled',
        () => `${what}: answered with order ${answered}, stored is ${orderId}`,
      );
  }
  findings.expect(seen.isKnown, 'stuck', () => `${what}: the outcome is unknown, and no repeat settled it`);
  if (orderId === undefined) return;
  const order = orders.get(orderId);
  if (order === undefined)
    return findings.add('lost', `${what}: stands for order ${orderId}, which is not there`);
  const content = contentOf(order.lines);
  const asked = contents.size === 0 ? 'nothing that could have been done' : [...contents].join(' or ');
  findings.expect(
    contents.has(content),
    'other',
    () => `${what}: order ${orderId} has ${content}, asked was ${asked}`,
  );
  for (const answered of answers.get(orderId) ?? [])
    findings.expect(
      answered === content,
      'other',
      () => `${what}: who asked for ${answered} got order ${orderId} with ${content}`,
    );
}
