import type { ReservationStatus } from '../../graphql/schema.generated.ts';

export interface ReservationsSearch {
  readonly status?: ReservationStatus;
  readonly sku?: string;
}

const statuses: ReadonlySet<unknown> = new Set<ReservationStatus>(['HELD', 'RELEASED', 'EXPIRED', 'SHIPPED']);
const longestSku = 200;

/** What is no status is left out; a SKU of digits comes as a number. */
export function parseReservationsSearch({
  status,
  sku,
}: Readonly<Record<string, unknown>>): ReservationsSearch {
  const text = typeof sku === 'string' || typeof sku === 'number' ? String(sku).slice(0, longestSku) : '';
  return {
    ...(statuses.has(status) ? { status: status as ReservationStatus } : {}),
    ...(text === '' ? {} : { sku: text }),
  };
}
