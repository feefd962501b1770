import { appendFacts, type BatchHandler, type ReceivedFact } from '@holdfast/messaging';
import { isDueHold } from '../domain/reservation.ts';
import { StockBook, type Level } from '../domain/stock.ts';
import { findDueHolds } from '../store/due-holds.ts';
import { readFacilitiesAndClock } from '../store/facilities.ts';
import { lockLevelsOfSkus, writeMovements } from '../store/levels.ts';
import {
  lockReservations,
  openReservations,
  readAllocations,
  writeReservations,
  type KnownReservation,
} from '../store/reservations.ts';
import { decideBatch, orderIdOf, type OrderFact } from './decide-batch.ts';

/**
 * Ties stock to placed orders, releases that of cancelled ones and takes that of shipped ones off hand, a batch at a time:
 * locks, one look, all decisions in memory in the order of the stream, one write per table. Holds that were due before it
 * waited for its locks are released first where the batch wants their units. A reservation is held for `holdMs`; null for
 * no end. `onLevelsChanged` is told before the caller commits.
 */
export const handleOrderFacts =
  (onLevelsChanged: (levels: readonly Level[]) => void, holdMs: number | null = null): BatchHandler =>
  async (tx, received) => {
    const facts = received.filter(isOrderFact);
    if (facts.length === 0) return;
    const orderIds = new Set(facts.map(orderIdOf));
    const opened = await openReservations(tx, [...orderIds]);
    const skusToTie = facts.flatMap((fact) =>
      fact.type === 'OrderPlaced' && opened.has(orderIdOf(fact)) ? fact.data.lines.map(({ sku }) => sku) : [],
    );
    const due = new Set(await findDueHolds(tx, [...new Set(skusToTie)]));
    const decided = [...orderIds].filter((id) => !opened.has(id));
    const locked = await lockReservations(tx, [...decided, ...due]);
    const allocations = await readAllocations(tx, toRelease(facts, locked, due));
    const skus = new Set(
      [...allocations.values()].flatMap((ofOrder) => ofOrder.map(({ sku }) => sku)).concat(skusToTie),
    );
    const levels = await lockLevelsOfSkus(tx, [...skus]);
    const { facilities, now } = await readFacilitiesAndClock(tx, facilityIdsOf(levels));
    const book = new StockBook(levels);
    const { updates, stated } = decideBatch(facts, {
      known: only(locked, (orderId) => orderIds.has(orderId)),
      dueHolds: only(locked, (orderId, { reservation }) => due.has(orderId) && isDueHold(reservation, now)),
      allocations,
      book,
      facilities,
      now,
      holdMs,
    });
    const changed = book.changedLevels();
    await writeReservations(tx, updates, now);
    await writeMovements(tx, changed, book.movements, now);
    await appendFacts(tx, stated);
    onLevelsChanged(changed);
  };

const isOrderFact = (fact: ReceivedFact): fact is ReceivedFact & OrderFact =>
  fact.type === 'OrderPlaced' || fact.type === 'OrderCancelled' || fact.type === 'OrderShipping';

/** HELD orders whose units may move: those that are cancelled or shipped, and the holds that were due. */
const toRelease = (
  facts: readonly OrderFact[],
  locked: ReadonlyMap<string, KnownReservation>,
  due: ReadonlySet<string>,
): string[] => {
  const ending = facts.filter(({ type }) => type !== 'OrderPlaced').map(orderIdOf);
  return [...new Set([...due, ...ending])].filter((id) => locked.get(id)?.reservation.status === 'HELD');
};

const only = (
  locked: ReadonlyMap<string, KnownReservation>,
  isWanted: (orderId: string, known: KnownReservation) => boolean,
): Map<string, KnownReservation> =>
  new Map([...locked].filter(([orderId, known]) => isWanted(orderId, known)));

const facilityIdsOf = (levels: readonly Level[]): string[] => [
  ...new Set(levels.map(({ facilityId }) => facilityId)),
];
