import type { StockZone } from '../../graphql/schema.generated.ts';

/** What one SKU has at one facility and zone. */
export interface Level {
  readonly sku: string;
  readonly facilityId: string;
  readonly zone: StockZone;
  /** One more with each change: of two readings the higher one is newer. */
  readonly version: number;
  readonly onHand: number;
  readonly reserved: number;
}

/** Levels as they were read last, by `levelKey`. */
export type Levels = ReadonlyMap<string, Level>;

export interface Units {
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

export const levelKey = ({ sku, facilityId, zone }: Omit<Level, 'version' | 'onHand' | 'reserved'>): string =>
  JSON.stringify([sku, facilityId, zone]);

/** The newest reading of each level; the same map when none of them is news. */
export function withReadings(known: Levels, readings: Iterable<Level>): Levels {
  let levels: Map<string, Level> | null = null;
  for (const reading of readings) {
    const key = levelKey(reading);
    if (((levels ?? known).get(key)?.version ?? -1) >= reading.version) continue;
    levels ??= new Map(known);
    levels.set(key, reading);
  }
  return levels ?? known;
}

/** Over all levels. */
export function totalOf(levels: Iterable<Pick<Level, 'onHand' | 'reserved'>>): Units {
  let onHand = 0;
  let reserved = 0;
  for (const level of levels) {
    onHand += level.onHand;
    reserved += level.reserved;
  }
  return { onHand, reserved, available: onHand - reserved };
}

/** By facility, and within one in the order in which units are picked: PRIMARY before BACK. */
export const inPickingOrder = (levels: Iterable<Level>): Level[] =>
  [...levels].sort(
    (one, other) =>
      compare(one.facilityId, other.facilityId) ||
      compare(one.sku, other.sku) ||
      (one.zone === other.zone ? 0 : one.zone === 'PRIMARY' ? -1 : 1),
  );

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
