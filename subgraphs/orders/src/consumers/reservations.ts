import type { BatchHandler, ReceivedFact } from '@holdfast/messaging';
import { decide, type OrderCommand } from '../domain/order.ts';
import { gatherOrderChanges } from '../store/order-changes.ts';
import { lockOrders } from '../store/orders.ts';

/** Inventory decided on an order that orders never placed, or lost. */
export class UnknownOrderError extends Error {
  override readonly name = 'UnknownOrderError';
}

/** Inventory stated what no history of the two services allows; a person has to look at both. */
export class ImpossibleFactError extends Error {
  override readonly name = 'ImpossibleFactError';
}

/**
 * Lets orders follow what inventory decided: locks the batch's orders by id, decides in memory, and writes rows and facts
 * set-based. Rejects with UnknownOrderError for a fact about an order that is not here, and with ImpossibleFactError for the
 * end of a hold of an order that has shipped.
 */
export const followReservations: BatchHandler = async (tx, facts) => {
  const followed = facts.flatMap((fact) => {
    const command = commandOf(fact);
    return command === null || !('orderId' in fact.data)
      ? []
      : [{ fact, command, orderId: fact.data.orderId }];
  });
  if (followed.length === 0) return;
  const orders = await lockOrders(
    tx,
    followed.map(({ orderId }) => orderId),
  );
  const changes = gatherOrderChanges();
  const now = new Date();
  for (const { fact, command, orderId } of followed) {
    const order = orders.get(orderId.toLowerCase());
    if (order === undefined)
      throw new UnknownOrderError(`${fact.type} is about order ${orderId}, which is not here`);
    const decision = decide(command, changes.stateOf(order));
    if ('rejected' in decision)
      throw new ImpossibleFactError(
        `${fact.type} is about order ${orderId}: ${decision.rejected.code}, the order is ${changes.stateOf(order).status}`,
      );
    changes.record(order, decision.accepted, {
      occurredAt: now,
      correlationId: fact.correlationId,
      causationId: fact.eventId,
      traceparent: fact.traceparent,
    });
  }
  await changes.save(tx);
};

/** What an order is asked to do by a fact of inventory's; null for facts that are not about its reservation. */
function commandOf(fact: ReceivedFact): OrderCommand | null {
  switch (fact.type) {
    case 'StockReserved':
      return {
        type: 'FollowReservation',
        facilityCount: fact.data.facilityCount,
        decidedAt: fact.data.decidedAt,
        hasHold: fact.data.expiresAt !== null,
      };
    case 'StockRejected':
      return { type: 'FollowRejection', reason: fact.data.reason, shortages: fact.data.shortages };
    case 'StockReleased':
      return { type: 'FollowRelease', cause: fact.data.cause };
    case 'StockConfirmed':
      return { type: 'FollowConfirmation' };
    case 'ProductListed':
    case 'OrderPlaced':
    case 'OrderReserved':
    case 'OrderRejected':
    case 'OrderCancelled':
    case 'OrderConfirmed':
    case 'OrderShipping':
    case 'OrderDelivered':
      return null;
  }
}
