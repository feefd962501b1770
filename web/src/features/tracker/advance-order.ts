import type { OrderStatus } from '../../graphql/schema.generated.ts';

/** What may be done with an order to bring it further. */
export type Advance = 'CONFIRM' | 'SHIP' | 'DELIVER';

/** The next step of an order; null when it is nobody's turn, or not this viewer's. A hold is confirmed before it ships. */
export function nextAdvance(
  status: OrderStatus | null,
  isHeldForATime: boolean,
  isOperator: boolean,
): Advance | null {
  if (status === 'RESERVED' && isHeldForATime) return 'CONFIRM';
  if (!isOperator) return null;
  if (status === 'RESERVED') return 'SHIP';
  return status === 'SHIPPING' ? 'DELIVER' : null;
}
