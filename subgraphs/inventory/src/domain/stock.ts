export const zones = ['PRIMARY', 'BACK'] as const;
/** Where in a facility the units lie: PRIMARY is picked before BACK. */
export type Zone = (typeof zones)[number];

/** A level holds at most so many units. */
export const maxUnitsPerLevel = 1_000_000_000;

export interface LevelKey {
  readonly sku: string;
  readonly facilityId: string;
  readonly zone: Zone;
}

/** One SKU at one facility and zone: 0 ≤ reserved ≤ onHand. */
export interface Level extends LevelKey {
  readonly onHand: number;
  readonly reserved: number;
  /** One more with each change. */
  readonly version: number;
}

export type MovementKind = 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'EXPIRED' | 'SHIPPED';

/** One change of a level. */
export interface Movement {
  readonly kind: MovementKind;
  readonly orderId: string | null;
  readonly reason: string | null;
  readonly onHandChange: number;
  readonly reservedChange: number;
  /** The level after the change. */
  readonly after: Level;
}

export type Change = Omit<Movement, 'after'>;
export type ChangeRefusal = 'BELOW_RESERVED' | 'ABOVE_LEVEL_LIMIT' | 'UNKNOWN_LEVEL';

export const available = (level: Level): number => level.onHand - level.reserved;

/** Names a level in a map; texts hold no control characters, so no two levels share a name. */
export const levelName = ({ sku, facilityId, zone }: LevelKey): string =>
  `${sku}\u0000${facilityId}\u0000${zone}`;

/** Levels as they stand in the middle of a transaction, and every movement made of them since they were read. */
export class StockBook {
  readonly #levels = new Map<string, Level>();
  readonly #namesBySku = new Map<string, string[]>();
  readonly #movements: Movement[] = [];

  constructor(levels: Iterable<Level>) {
    for (const level of levels) {
      const name = levelName(level);
      this.#levels.set(name, level);
      const names = this.#namesBySku.get(level.sku);
      if (names === undefined) this.#namesBySku.set(level.sku, [name]);
      else names.push(name);
    }
  }

  /** The levels of a SKU as they stand now, in the order in which they were given. */
  levelsOf(sku: string): Level[] {
    return (this.#namesBySku.get(sku) ?? []).map((name) => this.#levels.get(name)!);
  }

  /** Makes one change, or says why it cannot be and leaves the level as it is. */
  move(key: LevelKey, change: Change): ChangeRefusal | null {
    const name = levelName(key);
    const level = this.#levels.get(name);
    if (level === undefined) return 'UNKNOWN_LEVEL';
    const onHand = level.onHand + change.onHandChange;
    const reserved = level.reserved + change.reservedChange;
    if (reserved < 0 || onHand < reserved) return 'BELOW_RESERVED';
    if (onHand > maxUnitsPerLevel) return 'ABOVE_LEVEL_LIMIT';
    const after = { ...level, onHand, reserved, version: level.version + 1 };
    this.#levels.set(name, after);
    this.#movements.push({ ...change, after });
    return null;
  }

  /** Every change so far, in order. */
  get movements(): readonly Movement[] {
    return this.#movements;
  }

  /** Each level that changed, as it stands now. */
  changedLevels(): Level[] {
    const names = new Set(this.#movements.map(({ after }) => levelName(after)));
    return Array.from(names, (name) => this.#levels.get(name)!);
  }
}
