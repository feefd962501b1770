import { isDue, type BatchView } from './inventory-core.ts';
import type { Setting } from './setting.ts';
import { clockOf } from './transaction.ts';
import type { LevelRow, StatedFact, World } from './world.ts';

/** What a transaction of inventory's may look at, under the mechanisms that are at work. */
export const batchView = (
  setting: Setting,
  world: World,
  readTooEarly: readonly LevelRow[] | null,
): BatchView => ({
  rows: world.inventory,
  levels: readTooEarly ?? world.inventory.levels,
  now: clockOf(setting, world),
  holdTicks: setting.configuration.holdTicks,
  linesOf: (order) => setting.lines[order]!,
  knowsDecisions: setting.mechanisms.decisionRow,
  keepsTombstones: setting.mechanisms.tombstone,
  releasesDueHolds: setting.mechanisms.releaseDueHolds,
});

/** Holds that were ended before their end, by the database's clock. */
export const wronglyJudgedHolds = (before: World, stated: readonly StatedFact[]): string[] =>
  stated.flatMap((fact) => {
    const isEnd = fact.type === 'StockReleased' && fact.cause === 'EXPIRED';
    if (!isEnd || isDue(before.inventory.reservations[fact.about]!, before.now)) return [];
    return [`rule 9: the hold of order ${fact.about} was ended before its end`];
  });

/**
 * Orders that were rejected though what is left after the whole transaction, due holds counted as free, would serve
 * them. Later decisions of the transaction only tie more; so it asks nothing of a batch that also released for a cancel.
 */
export function wrongRejections(setting: Setting, after: World, stated: readonly StatedFact[]): string[] {
  if (stated.some((fact) => fact.type === 'StockReleased' && fact.cause === 'CANCELLED')) return [];
  const free = (sku: string): number => {
    const { levels, reservations } = after.inventory;
    const due = Object.values(reservations)
      .filter((row) => row !== null && isDue(row, after.now))
      .flatMap((row) => row!.allocations);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    return (
      sum(levels.filter((level) => level.sku === sku).map(({ onHand, reserved }) => onHand - reserved)) +
      sum(due.filter((allocation) => allocation.sku === sku).map(({ quantity }) => quantity))
    );
  };
  return stated
    .filter(({ type }) => type === 'StockRejected')
    .filter(({ about }) => setting.lines[about]!.every(({ sku, quantity }) => free(sku) >= quantity))
    .map(({ about }) => `order ${about} was rejected, and only holds that are over stood in its way`);
}
