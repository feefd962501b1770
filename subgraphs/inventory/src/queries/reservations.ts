import type { Tx } from '@holdfast/messaging';
import { sql } from 'kysely';
import type { DecisionRecord } from '../domain/allocation-record.ts';

/** Of an order that stock was tied to; decisions that tied nothing are no reservations here. */
export type ReservationStatus = 'HELD' | 'RELEASED' | 'EXPIRED' | 'SHIPPED';

export interface ReservationView {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: ReservationStatus;
  readonly decidedAt: Date;
  readonly expiresAt: Date | null;
  readonly decision: DecisionRecord;
}

/** What a `ReservationView` is read from. */
export const reservationColumns = sql.raw(`
  order_id as "orderId", customer_id as "customerId", status, decided_at as "decidedAt", expires_at as "expiresAt", decision`);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The reservations of orders that stock was ever tied to, by order id in lower case. */
export async function readReservations(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, ReservationView>> {
  const { rows } = await sql<ReservationView>`
    select ${reservationColumns} from reservation
    where order_id = any(${orderIds.filter((id) => uuid.test(id))}::uuid[])
      and status in ('HELD', 'RELEASED', 'EXPIRED', 'SHIPPED')`.execute(tx);
  return new Map(rows.map((row) => [row.orderId, row]));
}
