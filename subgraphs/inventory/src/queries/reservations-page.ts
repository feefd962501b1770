import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import { reservationColumns, type ReservationStatus, type ReservationView } from './reservations.ts';

interface Page<Position> {
  /** Null for every status. */
  readonly status: ReservationStatus | null;
  /** Where the page before ended; null for the first page. */
  readonly after: Position | null;
  /** Most rows to read. */
  readonly limit: number;
}

export type ReservationsPage = Page<{ readonly decidedAt: Date; readonly orderId: string }>;

/** The position is the ledger's id of a movement that tied units of the SKU. */
export type ReservationsOfSkuPage = Page<string> & { readonly sku: string };

export interface ReservationOfSku extends ReservationView {
  readonly movementId: string;
}

const everyStatus: readonly ReservationStatus[] = ['HELD', 'RELEASED', 'EXPIRED', 'SHIPPED'];

const statusesOf = ({ status }: Page<unknown>): readonly ReservationStatus[] =>
  status === null ? everyStatus : [status];

/** Reservations, newest decision first, by (decided at, order id): one statement, which merges a range of an index a status. */
export async function readReservationsPage(
  tx: Tx,
  page: ReservationsPage,
): Promise<readonly ReservationView[]> {
  const { after, limit } = page;
  const further =
    after === null
      ? sql``
      : sql`and (decided_at, order_id) < (${after.decidedAt.toISOString()}::timestamptz, ${after.orderId}::uuid)`;
  const { rows } = await sql<ReservationView>`
    select page.* from unnest(${statusesOf(page)}::text[]) as wanted (status)
    cross join lateral (
      select ${reservationColumns} from reservation
      where reservation.status = wanted.status and decision is not null ${further}
      order by decided_at desc, order_id desc limit ${limit}
    ) as page
    order by "decidedAt" desc, "orderId" desc limit ${limit}`.execute(tx);
  return rows;
}

/**
 * The reservations that tied units of a SKU, the last tied first: one statement, which merges the SKU's ledger at each
 * facility. All units of an order are tied at once, so that the movement of its first allocation, by key, stands for it.
 */
export async function readReservationsOfSku(
  tx: Tx,
  page: ReservationsOfSkuPage,
): Promise<readonly ReservationOfSku[]> {
  const { sku, after, limit } = page;
  const { rows } = await sql<ReservationOfSku>`
    select tied.* from facility
    cross join lateral (
      select movement.id::text as "movementId", reservation.* from stock_movement as movement
      cross join lateral (
        select ${reservationColumns} from reservation
        where order_id = movement.order_id and reservation.status = any(${statusesOf(page)}::text[])
      ) as reservation
      where movement.sku = ${sku} and movement.facility_id = facility.id and movement.kind = 'RESERVED'
        ${after === null ? sql`` : sql`and movement.id < ${after}::bigint`}
        and not exists (
          select from allocation as earlier where earlier.order_id = movement.order_id and earlier.sku = movement.sku
            and (earlier.facility_id, earlier.zone) < (movement.facility_id, movement.zone)
        )
      order by movement.id desc limit ${limit}
    ) as tied
    order by tied."movementId"::bigint desc limit ${limit}`.execute(tx);
  return rows;
}
