import type { Books } from './books.ts';

export interface LevelKey {
  readonly sku: string;
  readonly facilityId: string;
  readonly zone: string;
}

/** A level that is not what its movements and allocations say. */
export interface BrokenLevel extends LevelKey {
  /** Null when the level has movements or allocations and no row. */
  readonly version: number | null;
  readonly onHand: number;
  readonly reserved: number;
  /** Sums of its movements. */
  readonly movedOnHand: number;
  readonly movedReserved: number;
  /** Sum of its allocations of HELD reservations. */
  readonly allocated: number;
  /** The first movement that does not follow from those before it; null when each does. */
  readonly firstBreak: string | null;
}

const sums = `
  select sku, facility_id as "facilityId", zone, stock_level.version, coalesce(stock_level.on_hand, 0) as "onHand",
         coalesce(stock_level.reserved, 0) as reserved, coalesce(moved.on_hand, 0)::int8::float8 as "movedOnHand",
         coalesce(moved.reserved, 0)::int8::float8 as "movedReserved", coalesce(held.reserved, 0)::int8::float8 as allocated
  from stock_level
  full join (
    select sku, facility_id, zone, sum(on_hand_change) as on_hand, sum(reserved_change) as reserved
    from stock_movement group by sku, facility_id, zone
  ) moved using (sku, facility_id, zone)
  full join (
    select sku, facility_id, zone, sum(quantity) as reserved
    from allocation join reservation using (order_id)
    where reservation.status = 'HELD' group by sku, facility_id, zone
  ) held using (sku, facility_id, zone)`;

/** The levels of rule 3 that do not balance, by key, up to `limit`. */
export async function readBrokenLevels(inventory: Books, limit: number): Promise<BrokenLevel[]> {
  const levels = await inventory.rows<Omit<BrokenLevel, 'firstBreak'>>(
    `select * from (${sums}) as level
     where "onHand" <> "movedOnHand" or reserved <> allocated or reserved <> "movedReserved"
     order by sku, "facilityId", zone limit ${limit}`,
  );
  const broken: BrokenLevel[] = [];
  for (const level of levels) broken.push({ ...level, firstBreak: await firstBreakOf(inventory, level) });
  return broken;
}

async function firstBreakOf(inventory: Books, { sku, facilityId, zone }: LevelKey): Promise<string | null> {
  const [row] = await inventory.rows<{ what: string }>(
    `select 'movement ' || id || ' (' || kind || ') leaves on hand ' || on_hand_after || ' and reserved ' || reserved_after
            || ', the movements up to it sum to ' || on_hand_sum || ' and ' || reserved_sum as what
     from (select *, sum(on_hand_change) over so_far as on_hand_sum, sum(reserved_change) over so_far as reserved_sum
           from stock_movement where sku = $1 and facility_id = $2 and zone = $3 window so_far as (order by id)) as movement
     where on_hand_after <> on_hand_sum or reserved_after <> reserved_sum order by id limit 1`,
    [sku, facilityId, zone],
  );
  return row?.what ?? null;
}

/**
 * Makes a level balance, in one transaction with the level locked: its ledger gets an ADJUSTED movement, after which on hand
 * is what the row says and reserved is what HELD reservations were allocated. Does nothing, and gives false, when the key was used
 * before, or when the level is no longer as it was found.
 */
export async function adjustLevel(inventory: Books, found: BrokenLevel, key: string): Promise<boolean> {
  const { sku, facilityId, zone } = found;
  const at = [sku, facilityId, zone] as const;
  await inventory.rows('begin');
  try {
    await inventory.rows(`set local lock_timeout = '5s'`);
    const claimed = await inventory.rows(
      `insert into stock_command (idempotency_key, content_hash, levels, done_at)
       values ($1, sha256(convert_to($1, 'UTF8')), '[]', clock_timestamp()) on conflict do nothing returning 1 as one`,
      [key],
    );
    await inventory.rows(
      'select from stock_level where sku = $1 and facility_id = $2 and zone = $3 for update',
      at,
    );
    const [level] = await inventory.rows<BrokenLevel>(
      `select * from (${sums}) as level where sku = $1 and "facilityId" = $2 and zone = $3`,
      at,
    );
    const isAsFound =
      level !== undefined && numbers.every((name) => level[name] === found[name]) && claimed.length > 0;
    if (isAsFound) await writeAdjustment(inventory, level);
    await inventory.rows(isAsFound ? 'commit' : 'rollback');
    return isAsFound;
  } catch (error) {
    await inventory.rows('rollback').catch(() => {});
    throw error;
  }
}

const numbers = ['version', 'onHand', 'reserved', 'movedOnHand', 'movedReserved', 'allocated'] as const;

async function writeAdjustment(inventory: Books, level: BrokenLevel): Promise<void> {
  const { sku, facilityId, zone, onHand, allocated, movedOnHand, movedReserved } = level;
  await inventory.rows(
    `update stock_level set reserved = $4, version = version + 1 where sku = $1 and facility_id = $2 and zone = $3`,
    [sku, facilityId, zone, allocated],
  );
  await inventory.rows(
    `insert into stock_movement (sku, facility_id, zone, kind, on_hand_change, reserved_change, on_hand_after,
                                 reserved_after, reason, occurred_at)
     values ($1, $2, $3, 'ADJUSTED', $4, $5, $6, $7, 'reconcile: the ledger and the level differed', clock_timestamp())`,
    [sku, facilityId, zone, onHand - movedOnHand, allocated - movedReserved, onHand, allocated],
  );
}
