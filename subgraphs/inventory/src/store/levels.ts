import type { Tx } from '@holdfast/messaging';
import type { RowOf } from '@holdfast/service';
import { sql, type RawBuilder } from 'kysely';
import type { Level, LevelKey, Movement } from '../domain/stock.ts';
import { columnsOf } from './columns.ts';
import type { StockLevelEntity } from './entities.ts';

type LevelRow = RowOf<typeof StockLevelEntity>;

const toLevel = (row: LevelRow): Level => ({
  sku: row.sku,
  facilityId: row.facility_id,
  zone: row.zone,
  onHand: row.on_hand,
  reserved: row.reserved,
  version: row.version,
});

/** Locks every level of the SKUs, at all facilities and in key order, until the transaction ends. */
export async function lockLevelsOfSkus(tx: Tx, skus: readonly string[]): Promise<Level[]> {
  if (skus.length === 0) return [];
  const { rows } = await sql<LevelRow>`
    select sku, facility_id, zone, on_hand, reserved, version from stock_level
    where sku = any(${skus}::text[]) order by sku, facility_id, zone for update`.execute(tx);
  return rows.map(toLevel);
}

/** Makes empty levels of those keys that have none yet, in key order. Levels that are needed besides are locked after this. */
export async function createLevels(tx: Tx, keys: readonly LevelKey[]): Promise<void> {
  await sql`
    insert into stock_level (sku, facility_id, zone, on_hand, reserved, version)
    select distinct sku collate "C", facility_id collate "C", zone collate "C", 0, 0, 0 from ${askedFor(keys)}
    order by 1, 2, 3
    on conflict do nothing`.execute(tx);
}

/** Locks those of the levels that exist, in key order, until the transaction ends. */
export async function lockLevels(tx: Tx, keys: readonly LevelKey[]): Promise<Level[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<LevelRow>`
    select sku, facility_id, zone, on_hand, reserved, version from stock_level
    where (sku, facility_id, zone) in (select sku, facility_id, zone from ${askedFor(keys)})
    order by sku, facility_id, zone for update`.execute(tx);
  return rows.map(toLevel);
}

function askedFor(keys: readonly LevelKey[]): RawBuilder<unknown> {
  const column = columnsOf(keys);
  return sql`unnest(${column(({ sku }) => sku)}::text[], ${column(({ facilityId }) => facilityId)}::text[],
                    ${column(({ zone }) => zone)}::text[]) as asked (sku, facility_id, zone)`;
}

/**
 * Locks levels in key order and raises their versions by two: by more than a reading counts for a hold that it saw due.
 * Returns the levels after that.
 */
export async function outdateReadings(tx: Tx, keys: readonly LevelKey[]): Promise<Level[]> {
  await lockLevels(tx, keys);
  const { rows } = await sql<LevelRow>`
    update stock_level set version = version + 2
    where (sku, facility_id, zone) in (select sku, facility_id, zone from ${askedFor(keys)})
    returning sku, facility_id, zone, on_hand, reserved, version`.execute(tx);
  return rows.map(toLevel);
}

/** Writes the levels, which the transaction holds locked, as the movements left them, and the movements in their order. */
export async function writeMovements(
  tx: Tx,
  changed: readonly Level[],
  movements: readonly Movement[],
  occurredAt: Date,
): Promise<void> {
  if (movements.length === 0) return;
  const level = columnsOf(changed);
  const movement = columnsOf(movements);
  await sql`
    with written as (
      update stock_level set on_hand = changed.on_hand, reserved = changed.reserved, version = changed.version
      from unnest(${level(({ sku }) => sku)}::text[], ${level(({ facilityId }) => facilityId)}::text[],
                  ${level(({ zone }) => zone)}::text[], ${level(({ onHand }) => onHand)}::integer[],
                  ${level(({ reserved }) => reserved)}::integer[], ${level(({ version }) => version)}::integer[])
        as changed (sku, facility_id, zone, on_hand, reserved, version)
      where stock_level.sku = changed.sku and stock_level.facility_id = changed.facility_id
        and stock_level.zone = changed.zone
    )
    insert into stock_movement (sku, facility_id, zone, kind, on_hand_change, reserved_change,
                                on_hand_after, reserved_after, order_id, reason, occurred_at)
    select sku, facility_id, zone, kind, on_hand_change, reserved_change,
           on_hand_after, reserved_after, order_id, reason, ${occurredAt.toISOString()}::timestamptz
    from unnest(${movement(({ after }) => after.sku)}::text[],
                ${movement(({ after }) => after.facilityId)}::text[],
                ${movement(({ after }) => after.zone)}::text[],
                ${movement(({ kind }) => kind)}::text[],
                ${movement(({ onHandChange }) => onHandChange)}::integer[],
                ${movement(({ reservedChange }) => reservedChange)}::integer[],
                ${movement(({ after }) => after.onHand)}::integer[],
                ${movement(({ after }) => after.reserved)}::integer[],
                ${movement(({ orderId }) => orderId)}::uuid[],
                ${movement(({ reason }) => reason)}::text[])
      with ordinality as moved (sku, facility_id, zone, kind, on_hand_change, reserved_change,
                                on_hand_after, reserved_after, order_id, reason, place)
    order by place`.execute(tx);
}
