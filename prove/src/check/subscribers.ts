import type { Evidence } from './evidence.ts';
import type { EventLine, FaultLine, SubscriberLine } from './history.ts';
import { Findings } from './violations.ts';

interface Subscriber {
  readonly client: string;
  readonly orderId: string;
  /** Null until the first message, when it did not name a version to begin after. */
  lastVersion: number | null;
  /** Where it was asked for last, and where it last heard something. */
  gateway: number;
  heardAt: number | null;
  doneAs: string | null;
}

/** Who does not read its socket learns of its end up to this much later. */
const unreadForMs = 40_000;

const finalStatuses: ReadonlySet<string> = new Set(['REJECTED', 'CANCELLED', 'DELIVERED']);

/** Rule: every subscriber saw each version of its order once, in order, from where it began, across all reconnects. */
export class Subscribers {
  readonly findings = new Findings(
    'subscribers',
    'every subscriber saw each version of its order once, in order and without a gap, across reconnects',
  );
  resumedElsewhere = 0;
  slowCut = 0;
  readonly #evidence: Evidence;
  readonly #all = new Map<string, Subscriber>();
  #gatewayFaultAt = -Infinity;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  see(line: SubscriberLine): void {
    const { client, orderId, phase, gateway, reason } = line;
    const name = `${client} ${orderId}`;
    if (phase === 'open') {
      this.findings.look();
      this.#all.set(name, {
        client,
        orderId,
        lastVersion: line.after ?? null,
        gateway,
        heardAt: null,
        doneAs: null,
      });
      return;
    }
    const subscriber = this.#all.get(name);
    if (subscriber === undefined) return this.findings.add('other', `${name} goes on without having begun`);
    if (phase === 'lost') {
      if (this.#isCut(line)) this.slowCut += 1;
      this.findings.expect(
        reason !== 'ORDER_NOT_FOUND' && reason !== 'BAD_USER_INPUT',
        'lost',
        () =>
          `order ${orderId}: the subscription of ${client} after version ${subscriber.lastVersion} was refused as ${reason}`,
      );
    } else if (phase === 'resumed') subscriber.gateway = gateway;
    else subscriber.doneAs = reason ?? 'done';
  }

  /** To be called with every line about a fault: whose connection ended right after one of a gateway was not cut for being slow. */
  seeFault({ target, t }: FaultLine): void {
    if (target.includes('gateway')) this.#gatewayFaultAt = t;
  }

  #isCut({ reason, wasSlow, t }: SubscriberLine): boolean {
    if (wasSlow !== true || reason === undefined) return false;
    return (
      reason === 'SLOW_CLIENT' || (reason.startsWith('closed') && t - this.#gatewayFaultAt > unreadForMs)
    );
  }

  hear({ client, orderId, version, status, eventId, scope }: EventLine): void {
    const fact = this.#evidence.orderFacts.get(orderId)?.find((fact) => fact.version === version);
    this.findings.expect(
      fact === undefined || fact.eventId === eventId,
      'other',
      () =>
        `order ${orderId}: ${client} heard version ${version} as event ${eventId}, the journal has ${fact?.eventId}`,
    );
    if (scope === 'all') return;
    const subscriber = this.#all.get(`${client} ${orderId}`);
    if (subscriber === undefined)
      return this.findings.add('other', `${client} heard of ${orderId} without a subscription`);
    if (subscriber.heardAt !== null && subscriber.heardAt !== subscriber.gateway) this.resumedElsewhere += 1;
    subscriber.heardAt = subscriber.gateway;
    const last = subscriber.lastVersion;
    const told = (): string =>
      `order ${orderId}: ${client} heard version ${version} (${status}) after ${last}`;
    if (last !== null && version <= last) return this.findings.add('doubled', told());
    this.findings.expect(last === null || version === last + 1, 'lost', told);
    subscriber.lastVersion = version;
  }

  /** To be called after the last line: who did not leave has seen all there was. */
  end(): void {
    for (const { client, orderId, lastVersion, doneAs } of this.#all.values()) {
      const order = this.#evidence.orders.get(orderId);
      if (order === undefined || doneAs === 'left') continue;
      this.findings.expect(
        lastVersion === order.version,
        'stuck',
        () =>
          `order ${orderId} is at version ${order.version}, ${client} has seen ${lastVersion} and ${doneAs === null ? 'still waited' : `ended as ${doneAs}`}`,
      );
      this.findings.expect(
        doneAs !== 'complete' || finalStatuses.has(order.status),
        'other',
        () => `order ${orderId} is ${order.status}, and the subscription of ${client} was completed`,
      );
    }
  }
}
