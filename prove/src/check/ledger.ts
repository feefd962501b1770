import { levelName, type Evidence, type MovementRow } from './evidence.ts';
import { readSnapshot } from './json-lines.ts';
import { count, type OperationsSeen } from './operations-seen.ts';
import { Findings } from './violations.ts';

/** What the ledger says of one order: `kind level` and the units, and the earliest end of its reservation. */
export interface OrderMovements {
  /** By kind and level, how many movements and of how many units. */
  readonly moved: Map<string, { times: number; quantity: number }>;
  endedAtMs: number | null;
}

export interface LedgerCheck {
  readonly findings: readonly Findings[];
  readonly byOrder: ReadonlyMap<string, OrderMovements>;
}

/** The signs of the two changes that each kind of movement makes; null where any will do. */
const signs: Readonly<Record<string, readonly [onHand: number | null, reserved: number]>> = {
  RECEIVED: [1, 0],
  ADJUSTED: [null, 0],
  RESERVED: [0, 1],
  RELEASED: [0, -1],
  EXPIRED: [0, -1],
  SHIPPED: [-1, -1],
};

/**
 * Rules over the ledger, read once: replayed level by level, at no moment more is reserved than there is, and it ends where
 * the levels stand; what was received is there as often as clients were told.
 */
export async function checkLedger(evidence: Evidence, seen: OperationsSeen): Promise<LedgerCheck> {
  const ledger = new Findings(
    'ledger',
    'replayed from the first movement, 0 ≤ reserved ≤ on hand at every moment, and it ends at the levels',
  );
  const byOrder = new Map<string, OrderMovements>();
  const received = new Map<string, Map<string, number>>();
  const replayed = new Set<string>();
  let level = '';
  let state = { onHand: 0, reserved: 0 };
  const close = (): void => {
    if (level !== '') checkEnd(ledger, evidence, level, state);
    replayed.add(level);
  };
  for await (const movement of readSnapshot(evidence.folder, 'movements')) {
    ledger.look();
    const name = levelName(movement);
    if (name !== level) {
      close();
      level = name;
      state = { onHand: 0, reserved: 0 };
    }
    state = replay(ledger, movement, state);
    if (movement.orderId !== null) noteOrder(byOrder, movement.orderId, movement);
    if (movement.kind === 'RECEIVED' && movement.reason !== null && seen.receives.has(movement.reason)) {
      const ofKey = received.get(movement.reason) ?? new Map<string, number>();
      received.set(movement.reason, ofKey);
      count(ofKey, `${movement.onHandChange} ${name}`);
    }
  }
  close();
  for (const name of evidence.levels.keys())
    if (!replayed.has(name)) checkEnd(ledger, evidence, name, { onHand: 0, reserved: 0 });
  return { findings: [ledger, checkHeld(evidence), checkReceived(seen, received)], byOrder };
}

function replay(
  findings: Findings,
  movement: MovementRow,
  before: { readonly onHand: number; readonly reserved: number },
): { onHand: number; reserved: number } {
  const { id, kind, onHandChange, reservedChange, onHandAfter, reservedAfter } = movement;
  const onHand = before.onHand + onHandChange;
  const reserved = before.reserved + reservedChange;
  const where = `movement ${id} of ${levelName(movement)} (${kind}${movement.orderId === null ? '' : `, order ${movement.orderId}`})`;
  findings.expect(
    onHand === onHandAfter && reserved === reservedAfter,
    'oversold',
    () =>
      `${where}: ${onHand} on hand and ${reserved} reserved follow from the ones before, it says ${onHandAfter} and ${reservedAfter}`,
  );
  findings.expect(
    0 <= reservedAfter && reservedAfter <= onHandAfter,
    'oversold',
    () => `${where}: ${reservedAfter} reserved of ${onHandAfter} on hand`,
  );
  const [onHandSign, reservedSign] = signs[kind] ?? [null, Number.NaN];
  findings.expect(
    (onHandSign === null || Math.sign(onHandChange) === onHandSign) &&
      Math.sign(reservedChange) === reservedSign &&
      (kind !== 'SHIPPED' || onHandChange === reservedChange),
    'other',
    () => `${where}: changes on hand by ${onHandChange} and reserved by ${reservedChange}`,
  );
  // The ledger's own figures go on, so that one wrong movement is told once.
  return { onHand: onHandAfter, reserved: reservedAfter };
}

function checkEnd(
  findings: Findings,
  { levels }: Evidence,
  name: string,
  { onHand, reserved }: { readonly onHand: number; readonly reserved: number },
): void {
  const level = levels.get(name) ?? { onHand: 0, reserved: 0 };
  findings.expect(
    level.onHand === onHand && level.reserved === reserved,
    'oversold',
    () =>
      `${name} stands at ${level.onHand} on hand and ${level.reserved} reserved, its ledger ends at ${onHand} and ${reserved}`,
  );
}

function noteOrder(byOrder: Map<string, OrderMovements>, orderId: string, movement: MovementRow): void {
  const order = byOrder.get(orderId) ?? { moved: new Map(), endedAtMs: null };
  byOrder.set(orderId, order);
  const name = `${movement.kind} ${levelName(movement)}`;
  const { times, quantity } = order.moved.get(name) ?? { times: 0, quantity: 0 };
  order.moved.set(name, { times: times + 1, quantity: quantity + Math.abs(movement.reservedChange) });
  if (movement.kind !== 'RESERVED')
    order.endedAtMs = Math.min(order.endedAtMs ?? Infinity, movement.occurredAtMs);
}

function checkHeld({ levels, reservations }: Evidence): Findings {
  const findings = new Findings(
    'held',
    "a level's reserved units are the sum of the allocations that are HELD",
  );
  const held = new Map<string, number>();
  for (const { status, allocations } of reservations.values()) {
    if (status !== 'HELD') continue;
    for (const allocation of allocations) {
      const name = levelName(allocation);
      held.set(name, (held.get(name) ?? 0) + allocation.quantity);
    }
  }
  for (const name of new Set([...levels.keys(), ...held.keys()])) {
    findings.look();
    const reserved = levels.get(name)?.reserved ?? 0;
    const promised = held.get(name) ?? 0;
    findings.expect(
      reserved === promised,
      reserved < promised ? 'oversold' : 'other',
      () => `${name}: ${reserved} reserved, HELD allocations sum to ${promised}`,
    );
  }
  return findings;
}

function checkReceived(
  seen: OperationsSeen,
  received: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Findings {
  const findings = new Findings(
    'received',
    'stock that was received is counted once; with an unknown outcome once or not at all',
  );
  for (const [key, { stock, isAcked, possible }] of seen.receives) {
    findings.look();
    const times = stock.map((line) => received.get(key)?.get(`${line.quantity} ${levelName(line)}`) ?? 0);
    const most = Math.max(0, ...times);
    const least = Math.min(...times);
    const found = (): string =>
      `key ${key} with ${stock.length} lines stands ${least === most ? most : `${least} to ${most}`} times in the ledger`;
    findings.expect(most <= 1, 'doubled', found);
    findings.expect(
      !isAcked || least >= 1,
      'lost',
      () => `${found()}, and a client was told that it was done`,
    );
    findings.expect(least === most, 'other', () => `${found()}: done in part`);
    findings.expect(isAcked || possible > 0 || most === 0, 'other', () => `${found()}, and it was refused`);
  }
  return findings;
}
