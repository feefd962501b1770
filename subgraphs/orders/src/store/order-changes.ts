import { appendFacts, newEventId, type Fact, type Tx } from '@holdfast/messaging';
import { evolve, type OrderEvent, type OrderState, type OrderStatus } from '../domain/order.ts';
import { orderFact, type FactOrigin } from './order-facts.ts';
import { updateOrders, type LockedOrder, type OrderUpdate } from './orders.ts';

/** What a transaction does to orders that it has locked, gathered in memory and written at its end. */
export interface OrderChanges {
  /** The order's state after all that was recorded so far. */
  stateOf(order: LockedOrder): OrderState;
  /** Records an order's next events, and the facts that tell of them. */
  record(order: LockedOrder, events: readonly OrderEvent[], origin: Omit<FactOrigin, 'eventId'>): void;
  /** Writes rows and facts: two statements for any number of orders. Gives how many facts were stated. */
  save(tx: Tx): Promise<number>;
}

export function gatherOrderChanges(): OrderChanges {
  const updates = new Map<string, OrderUpdate>();
  const facts: Fact[] = [];
  const stateOf = (order: LockedOrder): OrderUpdate['state'] => updates.get(order.id)?.state ?? order.state;

  return {
    stateOf,
    record: (order, events, origin) => {
      for (const event of events) {
        const state = evolve(stateOf(order), event) as OrderState & { readonly status: OrderStatus };
        const { id, state: before } = order;
        updates.set(id, {
          id,
          before: before.status,
          state,
          updatedAt: origin.occurredAt,
          ...outcomeOf(event),
        });
        if (event.type === 'OrderPlaced') throw new Error('An order that exists was decided to be placed');
        if (event.type !== 'ConfirmationNoted')
          facts.push(orderFact(id, event, { ...origin, eventId: newEventId() }));
      }
    },
    save: async (tx) => {
      await updateOrders(tx, [...updates.values()]);
      await appendFacts(tx, facts);
      return facts.length;
    },
  };
}

function outcomeOf(event: OrderEvent): Pick<OrderUpdate, 'rejection' | 'cancellation'> {
  const isRejected = event.type === 'OrderRejected';
  const isCancelled = event.type === 'OrderCancelled';
  return {
    rejection: isRejected ? { reason: event.reason, shortages: event.shortages } : null,
    cancellation: isCancelled ? { code: event.code, reason: event.reason } : null,
  };
}
