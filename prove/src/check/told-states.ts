import type { Evidence } from './evidence.ts';
import type { EventLine, HistoryLine, OperationLine } from './history.ts';
import { Findings } from './violations.ts';

interface Told {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
}

/** Rule: a state that a client was told of stands in the journal, and what is asked later never shows an older one. */
export class ToldStates {
  readonly findings = new Findings(
    'told',
    'a state that a client was told of stands in the journal, and later answers never show an older one',
  );
  readonly #evidence: Evidence;
  /** By order: at which line of the history each higher version was first told. */
  readonly #reached = new Map<string, { readonly line: number; readonly version: number }[]>();
  /** By operation under way: the line of its `invoke`. */
  readonly #invokedAt = new Map<number, number>();
  #line = 0;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  see(line: HistoryLine): void {
    this.#line += 1;
    if (line.kind === 'event') this.#told(line, () => `event at ${line.client}`);
    else if ('op' in line) this.#operation(line);
  }

  #operation(line: OperationLine): void {
    if (line.phase === 'invoke') {
      this.#invokedAt.set(line.op, this.#line);
      return;
    }
    const invokedAt = this.#invokedAt.get(line.op) ?? this.#line;
    this.#invokedAt.delete(line.op);
    if (line.phase !== 'ok') return;
    const where = (): string => `${line.kind}, operation ${line.op} at ${line.client}`;
    this.findings.expect(
      line.available === undefined || line.available >= 0,
      'oversold',
      () => `${where()}: ${line.available} units are said to be available`,
    );
    this.#denied(line, where);
    const { orderId, version, status } = line;
    const one =
      orderId !== undefined && version !== undefined && status !== undefined
        ? [{ orderId, version, status }]
        : [];
    for (const told of [...one, ...(line.seen ?? [])]) {
      const before =
        this.#reached.get(told.orderId)?.findLast((reached) => reached.line < invokedAt)?.version ?? 0;
      this.findings.expect(
        told.version >= before,
        'lost',
        () =>
          `order ${told.orderId}: ${where()} shows version ${told.version}, ${before} was told before it was asked`,
      );
      this.#told(told, where);
    }
  }

  /** Whoever may see an order is never told that there is none. */
  #denied({ kind, orderId, customer, problem }: OperationLine, where: () => string): void {
    if (problem !== 'ORDER_NOT_FOUND' || kind === 'confirm' || kind === 'extend') return;
    const owner = this.#evidence.orders.get(orderId!)?.customerId;
    const isAllowed = customer === undefined || customer === owner;
    this.findings.expect(!isAllowed, 'lost', () => `order ${orderId}: ${where()} did not find it`);
  }

  #told({ orderId, version, status }: Told | EventLine, where: () => string): void {
    this.findings.look();
    const fact = this.#evidence.orderFacts.get(orderId)?.find((fact) => fact.version === version);
    this.findings.expect(
      fact?.to === status,
      'lost',
      () =>
        `order ${orderId}: ${where()} says ${status} at version ${version}, the journal ${fact?.to ?? 'has no such version'}`,
    );
    const reached = this.#reached.get(orderId);
    if (reached === undefined) this.#reached.set(orderId, [{ line: this.#line, version }]);
    else if (version > reached.at(-1)!.version) reached.push({ line: this.#line, version });
  }
}
