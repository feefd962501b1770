import { allRows, type Evidence } from './evidence.ts';
import type { FaultsSeen } from './faults-seen.ts';
import { Findings } from './violations.ts';

/** Rule: within the stated time nothing waits any more. */
export async function checkAtRest({
  folder,
  rest,
  consumers,
  orders,
  reservations,
  settings,
}: Evidence): Promise<Findings> {
  const findings = new Findings('rest', `all is at rest within ${settings.restWithinMs / 1_000} s`);
  findings.look();
  findings.expect(
    rest.isAtRest && rest.tookMs <= settings.restWithinMs,
    'stuck',
    () =>
      `not at rest after ${rest.tookMs} ms: ${rest.waiting.join(', ') || 'nothing waits, but it took too long'}`,
  );
  for (const { id, status, version } of orders.values()) {
    findings.look();
    findings.expect(status !== 'PENDING', 'stuck', () => `order ${id} is PENDING at version ${version}`);
  }
  for (const { orderId, status, expiresAtMs } of reservations.values()) {
    const isDue = status === 'HELD' && expiresAtMs !== null && expiresAtMs <= rest.inventoryNowMs;
    findings.expect(
      !isDue,
      'stuck',
      () => `order ${orderId}: its hold ended ${rest.inventoryNowMs - expiresAtMs!} ms ago and is still HELD`,
    );
  }
  for (const context of ['orders', 'inventory'] as const) {
    for (const { journalId, sequence } of await allRows(folder, `outbox-${context}`))
      findings.expect(
        sequence !== null,
        'stuck',
        () => `fact ${journalId} of ${context} waits in the outbox`,
      );
  }
  for (const { name, pending, ackPending } of consumers)
    findings.expect(pending === 0 && ackPending === 0, 'stuck', () =>
      pending === null
        ? `there is no consumer ${name}`
        : `${name} has ${pending} messages pending and ${ackPending} not acknowledged`,
    );
  return findings;
}

/** Rule: parked is only what the harness itself put into a stream to be parked. Also says how many of those are. */
export async function checkParked(
  { folder }: Evidence,
  { messageIds }: FaultsSeen,
): Promise<{ findings: Findings; poison: number }> {
  const findings = new Findings('parked', 'no message is parked but those that were meant to be');
  let poison = 0;
  for (const context of ['orders', 'inventory'] as const) {
    for (const { consumer, eventId, stream, sequence, messageId, reason, isOpen } of await allRows(
      folder,
      `parked-${context}`,
    )) {
      findings.look();
      const isOurs = messageId !== null && messageIds.has(messageId);
      if (isOurs) poison += 1;
      findings.expect(
        isOurs || !isOpen,
        'stuck',
        () => `message ${sequence} of ${stream}, event ${eventId}, is parked by ${consumer}: ${reason}`,
      );
    }
  }
  return { findings, poison };
}
