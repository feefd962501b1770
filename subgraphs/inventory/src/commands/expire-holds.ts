import { appendFacts, type Database, type Fact, type Tx } from '@holdfast/messaging';
import { decideBatch } from '../consumers/decide-batch.ts';
import { isDueHold } from '../domain/reservation.ts';
import { StockBook, type Level, type LevelKey } from '../domain/stock.ts';
import { lockLevels, writeMovements } from '../store/levels.ts';
import {
  lockSomeDueHolds,
  readAllocations,
  writeReservations,
  type KnownReservation,
  type ReservationUpdate,
} from '../store/reservations.ts';
import { readClock } from '../store/stock-commands.ts';

/** These holds are due and could not be released; nothing changed. */
export class HoldsNotExpiredError extends Error {
  override readonly name = 'HoldsNotExpiredError';
  readonly orderIds: readonly string[];

  constructor(orderIds: readonly string[], cause: unknown) {
    super(`${orderIds.length} holds that are due could not be released`, { cause });
    this.orderIds = orderIds;
  }
}

export interface ExpiredHolds {
  readonly orderIds: readonly string[];
  /** The levels that they released, after it. */
  readonly levels: readonly Level[];
}

/**
 * Releases up to `limit` holds that are due by the database's clock, those that ended first, in one transaction, and states
 * StockReleased of each. Leaves out those of `except`, and what others have locked: so that several may do this at once.
 * Repeating is safe. Rejects with HoldsNotExpiredError when it had begun to release some.
 */
export async function expireHolds(
  database: Database,
  which: { readonly limit: number; readonly except: readonly string[] },
): Promise<ExpiredHolds> {
  let orderIds: readonly string[] = [];
  try {
    return await database.transaction(async (tx) => {
      const due = await lockSomeDueHolds(tx, which);
      orderIds = [...due.keys()];
      const released = await releaseDueHolds(tx, due, []);
      await writeDecisions(tx, released);
      return { orderIds: released.orderIds, levels: released.book.changedLevels() };
    });
  } catch (error) {
    throw orderIds.length === 0 ? error : new HoldsNotExpiredError(orderIds, error);
  }
}

/** Decisions that are made and not yet written, and the locked levels that they changed. */
export interface ReleasedHolds {
  readonly orderIds: readonly string[];
  readonly updates: readonly ReservationUpdate[];
  readonly stated: readonly Fact[];
  readonly book: StockBook;
  readonly now: Date;
}

/**
 * Locks the levels that these holds have units of, and others `besides` that exist, in key order; then releases those of the
 * holds, which the transaction has locked before, that are due by the clock as it is now.
 */
export async function releaseDueHolds(
  tx: Tx,
  holds: ReadonlyMap<string, KnownReservation>,
  besides: readonly LevelKey[],
): Promise<ReleasedHolds> {
  const held = [...holds].filter(([, { reservation }]) => reservation.status === 'HELD');
  const allocations = await readAllocations(
    tx,
    held.map(([orderId]) => orderId),
  );
  const book = new StockBook(await lockLevels(tx, [...[...allocations.values()].flat(), ...besides]));
  const now = await readClock(tx);
  const dueHolds = new Map(held.filter(([, { reservation }]) => isDueHold(reservation, now)));
  const nothingElse = { known: new Map(), facilities: new Map(), holdMs: null };
  const decided = decideBatch([], { ...nothingElse, dueHolds, allocations, book, now });
  return { ...decided, orderIds: [...dueHolds.keys()], book, now };
}

/** Writes what was decided and everything that has moved in the book. */
export async function writeDecisions(
  tx: Tx,
  { updates, stated, book, now }: Omit<ReleasedHolds, 'orderIds'>,
): Promise<void> {
  await writeReservations(tx, updates, now);
  await writeMovements(tx, book.changedLevels(), book.movements, now);
  await appendFacts(tx, stated);
}
