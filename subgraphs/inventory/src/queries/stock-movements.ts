import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { MovementKind, Zone } from '../domain/stock.ts';

export interface MovementView {
  readonly id: string;
  readonly sku: string;
  readonly facilityId: string;
  readonly zone: Zone;
  readonly kind: MovementKind;
  readonly onHandChange: number;
  readonly reservedChange: number;
  readonly onHandAfter: number;
  readonly reservedAfter: number;
  readonly orderId: string | null;
  readonly reason: string | null;
  readonly occurredAt: Date;
}

export interface MovementsPage {
  readonly sku: string | null;
  readonly facilityId: string | null;
  readonly orderId: string | null;
  /** The last movement's id of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

const columns = sql.raw(`
  id::text, sku, facility_id as "facilityId", zone, kind, on_hand_change as "onHandChange",
  reserved_change as "reservedChange", on_hand_after as "onHandAfter", reserved_after as "reservedAfter",
  order_id as "orderId", reason, occurred_at as "occurredAt"`);

/** The ledger, newest first. An index serves each combination of filters; of a SKU, its pages at each facility are merged. */
export async function readStockMovements(tx: Tx, page: MovementsPage): Promise<MovementView[]> {
  const { sku, facilityId, orderId, limit } = page;
  const filter = sql`
    ${orderId === null ? sql`` : sql`and order_id = ${orderId}::uuid`}
    ${sku === null ? sql`` : sql`and sku = ${sku}`}
    ${page.after === null ? sql`` : sql`and stock_movement.id < ${page.after}::bigint`}`;
  const newest = sql`order by stock_movement.id desc limit ${limit}`;
  const isOfSkuAlone = sku !== null && facilityId === null && orderId === null;
  const { rows } = await (
    isOfSkuAlone
      ? sql<MovementView>`
          select movement.* from facility
          cross join lateral (
            select ${columns} from stock_movement where facility_id = facility.id ${filter} ${newest}
          ) as movement
          order by movement.id::bigint desc limit ${limit}`
      : sql<MovementView>`
          select ${columns} from stock_movement
          where true ${facilityId === null ? sql`` : sql`and facility_id = ${facilityId}`} ${filter} ${newest}`
  ).execute(tx);
  return rows;
}
