import { appendFacts, type BatchHandler, type ReceivedFact } from '@holdfast/messaging';
import { StockBook, type Level } from '../domain/stock.ts';
import { readFacilitiesAndClock } from '../store/facilities.ts';
import { lockLevelsOfSkus, writeMovements } from '../store/levels.ts';
import {
  openReservations,
  readAllocations,
  writeReservations,
  type KnownReservation,
} from '../store/reservations.ts';
import { decideBatch, orderIdOf, type OrderFact } from './decide-batch.ts';

/**
 * Ties stock to placed orders and releases that of cancelled ones, a batch at a time: locks, one look, all decisions in
 * memory in the order of the stream, one write per table. `onLevelsChanged` is told before the caller commits.
 */
export const handleOrderFacts =
  (onLevelsChanged: (levels: readonly Level[]) => void): BatchHandler =>
  async (tx, received) => {
    const facts = received.filter(isOrderFact);
    if (facts.length === 0) return;
    const known = await openReservations(tx, facts.map(orderIdOf));
    const allocations = await readAllocations(tx, heldAndCancelled(facts, known));
    const skus = new Set(
      [...allocations.values()]
        .flatMap((ofOrder) => ofOrder.map(({ sku }) => sku))
        .concat(skusToTie(facts, known)),
    );
    const levels = await lockLevelsOfSkus(tx, [...skus]);
    const { facilities, now } = await readFacilitiesAndClock(tx, facilityIdsOf(levels));
    const book = new StockBook(levels);
    const { updates, stated } = decideBatch(facts, { known, allocations, book, facilities, now });
    const changed = book.changedLevels();
    await writeReservations(tx, updates, now);
    await writeMovements(tx, changed, book.movements, now);
    await appendFacts(tx, stated);
    onLevelsChanged(changed);
  };

const isOrderFact = (fact: ReceivedFact): fact is ReceivedFact & OrderFact =>
  fact.type === 'OrderPlaced' || fact.type === 'OrderCancelled';

const heldAndCancelled = (
  facts: readonly OrderFact[],
  known: ReadonlyMap<string, KnownReservation>,
): string[] =>
  facts
    .filter(({ type }) => type === 'OrderCancelled')
    .map(orderIdOf)
    .filter((id) => known.get(id)?.reservation.status === 'HELD');

const skusToTie = (facts: readonly OrderFact[], known: ReadonlyMap<string, KnownReservation>): string[] =>
  facts.flatMap((fact) =>
    fact.type === 'OrderPlaced' && !known.has(orderIdOf(fact)) ? fact.data.lines.map(({ sku }) => sku) : [],
  );

const facilityIdsOf = (levels: readonly Level[]): string[] => [
  ...new Set(levels.map(({ facilityId }) => facilityId)),
];
