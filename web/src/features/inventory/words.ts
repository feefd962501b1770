import type { StockMovementKind, StockZone } from '../../graphql/schema.generated.ts';

/** The zones as a person reads them. */
export const zoneName = (zone: StockZone): string => (zone === 'PRIMARY' ? 'Primary' : 'Back');

const movements: Readonly<Record<StockMovementKind, string>> = {
  RECEIVED: 'Received',
  ADJUSTED: 'Adjusted',
  RESERVED: 'Reserved',
  RELEASED: 'Released',
  EXPIRED: 'Hold expired',
  SHIPPED: 'Shipped',
};

/** What a movement was, in words. */
export const movementName = (kind: StockMovementKind): string => movements[kind];

/** A change with its sign: +5, −3, ±0. */
export const signed = (change: number, format: (count: number) => string): string =>
  change === 0 ? '0' : change > 0 ? `+${format(change)}` : `−${format(-change)}`;
