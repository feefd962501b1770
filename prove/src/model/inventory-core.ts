import {
  decide,
  decideBatch,
  evolve,
  StockBook,
  type KnownReservation,
  type OrderFact,
} from '@holdfast/inventory/deciding';
import {
  facilities,
  fromReservation,
  fromUuid,
  orderFact,
  statedFact,
  tickMs,
  toDate,
  toLevel,
  toReservation,
  toUuid,
} from './inventory-translation.ts';
import type { ModelLine } from './orders-core.ts';
import type { InventoryRows, LevelRow, ModelFact, ReservationRow, StatedFact } from './world.ts';

/** What a batch may look at beside the rows; the mechanisms that a mutation may take from it are set here. */
export interface BatchView {
  readonly rows: InventoryRows;
  /** What it chooses by; the rows' own levels unless they were read before they were locked. */
  readonly levels: readonly LevelRow[];
  /** The clock that judges holds. */
  readonly now: number;
  readonly holdTicks: number | null;
  readonly linesOf: (order: string) => readonly ModelLine[];
  readonly knowsDecisions: boolean;
  readonly keepsTombstones: boolean;
  readonly releasesDueHolds: boolean;
}

export interface InventoryDecision {
  readonly rows: InventoryRows;
  readonly stated: readonly StatedFact[];
}

/** Lets inventory's core decide on facts about orders in one transaction. Throws what the core throws. */
export function decideFacts(facts: readonly ModelFact[], view: BatchView): InventoryDecision {
  const { rows, linesOf } = view;
  const received = facts.flatMap((fact) => orderFact(fact, linesOf) ?? []);
  const placed = facts.filter(({ type }) => type === 'OrderPlaced').map(({ about }) => about);
  const isNew = (order: string) => rows.reservations[order] === null;
  const skus = new Set(placed.filter(isNew).flatMap((order) => linesOf(order).map(({ sku }) => sku)));
  const isDueAndTouched = (_: string, row: ReservationRow) =>
    isDue(row, view.now) && row.allocations.some(({ sku }) => skus.has(sku));
  const due = view.releasesDueHolds ? namesWhere(rows, isDueAndTouched) : [];
  const known = namesWhere(rows, (order) => view.knowsDecisions || !placed.includes(order));
  return runBatch(
    received,
    facts.map(({ about }) => about),
    due,
    known,
    view,
  );
}

/** Releases one order's due hold, as the sweeper does. */
export const sweepHold = (order: string, view: BatchView): InventoryDecision =>
  runBatch([], [], [order], [order], view);

/** Confirms or extends a hold under its row's lock; null when it is refused. */
export function changeHold(
  order: string,
  rows: InventoryRows,
  command: { readonly kind: 'CONFIRM' | 'EXTEND'; readonly now: number },
): InventoryDecision | null {
  const row = rows.reservations[order] ?? null;
  const before = row === null ? null : toReservation(row);
  const decision = decide({ ...command, now: toDate(command.now), byMs: tickMs }, before);
  if ('rejected' in decision) return null;
  if (row === null || before === null || decision.accepted === null) return { rows, stated: [] };
  const after = evolve(before, decision.accepted);
  const reservations = { ...rows.reservations, [order]: { ...row, ...fromReservation(after) } };
  const stated: StatedFact[] =
    decision.accepted.kind === 'CONFIRMED'
      ? [{ type: 'StockConfirmed', about: order, version: after.version }]
      : [];
  return { rows: { ...rows, reservations }, stated };
}

export const isDue = (row: ReservationRow, now: number): boolean =>
  row.status === 'HELD' && row.expiresAt !== null && row.expiresAt <= now;

function runBatch(
  received: readonly OrderFact[],
  heardOf: readonly string[],
  due: readonly string[],
  known: readonly string[],
  view: BatchView,
): InventoryDecision {
  const { rows } = view;
  const knownReservation = (order: string): [string, KnownReservation] => [
    toUuid(order),
    { reservation: toReservation(rows.reservations[order]!), customerId: 'ada' },
  ];
  const held = namesWhere(rows, (_, row) => row.status === 'HELD');
  const book = new StockBook(view.levels.map(toLevel));
  const { updates, stated } = decideBatch(received, {
    known: new Map(known.map(knownReservation)),
    dueHolds: new Map(due.map(knownReservation)),
    allocations: new Map(
      held.map((order) => [
        toUuid(order),
        rows.reservations[order]!.allocations.map((each) => ({ ...each, zone: 'PRIMARY' as const })),
      ]),
    ),
    book,
    facilities,
    now: toDate(view.now),
    holdMs: view.holdTicks === null ? null : view.holdTicks * tickMs,
  });
  const reservations: Record<string, ReservationRow | null> = { ...rows.reservations };
  if (view.keepsTombstones) for (const order of heardOf) reservations[order] ??= tombstone;
  for (const { orderId, reservation, allocations } of updates) {
    const order = fromUuid(orderId);
    reservations[order] = {
      ...fromReservation(reservation),
      allocations: [
        ...(reservations[order]?.allocations ?? []),
        ...allocations.map(({ sku, facilityId, quantity }) => ({ sku, facilityId, quantity })),
      ],
    };
  }
  return {
    rows: { ...rows, levels: moveLevels(rows.levels, book), reservations },
    stated: stated.map(statedFact),
  };
}

const tombstone: ReservationRow = { status: 'TOMBSTONE', version: 1, expiresAt: null, allocations: [] };

const namesWhere = (
  { reservations }: InventoryRows,
  predicate: (order: string, row: ReservationRow) => boolean,
): string[] =>
  Object.keys(reservations).filter((order) => {
    const row = reservations[order];
    return row !== null && row !== undefined && predicate(order, row);
  });

/** Levels are written as the book leaves them, and every movement is added to the ledger. */
function moveLevels(levels: readonly LevelRow[], book: StockBook): readonly LevelRow[] {
  if (book.movements.length === 0) return levels;
  const changed = book.changedLevels();
  const isOf = (row: LevelRow) => (level: { sku: string; facilityId: string }) =>
    level.sku === row.sku && level.facilityId === row.facilityId;
  return levels.map((row) => {
    const level = changed.find(isOf(row));
    if (level === undefined) return row;
    const movements = book.movements.filter(({ after }) => isOf(row)(after));
    return {
      ...row,
      onHand: level.onHand,
      reserved: level.reserved,
      movedOnHand: movements.reduce((sum, each) => sum + each.onHandChange, row.movedOnHand),
      movedReserved: movements.reduce((sum, each) => sum + each.reservedChange, row.movedReserved),
    };
  });
}
