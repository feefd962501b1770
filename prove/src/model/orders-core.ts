import {
  decide,
  evolve,
  newOrder,
  type OrderCommand,
  type OrderEvent,
  type OrderState,
} from '@holdfast/orders/domain';
import type { ModelFact, OrderRow, StatedFact } from './world.ts';

export type OrdersDecision =
  { readonly row: OrderRow | null; readonly stated: readonly StatedFact[] } | { readonly refused: string };

/** What orders' core does with a command; an order that is not there yet has no row. */
export function decideOrder(order: string, row: OrderRow | null, command: OrderCommand): OrdersDecision {
  const before = row === null ? newOrder : (row as OrderState);
  const decision = decide(command, before);
  if ('rejected' in decision) return { refused: decision.rejected.code };
  let state = before;
  const stated: StatedFact[] = [];
  for (const event of decision.accepted) {
    state = evolve(state, event);
    const fact = factOf(order, event);
    if (fact !== null) stated.push(fact);
  }
  return { row: toRow(state), stated };
}

/** What orders is asked to do by a fact of inventory's about an order; as its consumer translates it. */
export function commandOf(fact: ModelFact): OrderCommand | null {
  switch (fact.type) {
    case 'StockReserved':
      return {
        type: 'FollowReservation',
        facilityCount: 1,
        decidedAt: '',
        hasHold: fact.expiresAt !== null,
      };
    case 'StockRejected':
      return { type: 'FollowRejection', reason: '', shortages: [] };
    case 'StockReleased':
      return { type: 'FollowRelease', cause: fact.cause };
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

export interface ModelLine {
  readonly sku: string;
  readonly quantity: number;
}

export const placing = (lines: readonly ModelLine[]): OrderCommand => ({
  type: 'Place',
  draft: {
    customerId: 'ada',
    reference: null,
    destination: {
      country: 'GB',
      city: null,
      postalCode: null,
      latitude: 50,
      longitude: 0,
      precision: 'GIVEN',
    },
    expectedTotal: null,
    lines: lines.map((line, position) => ({ ...line, position })),
  },
  prices: { currencyCode: 'GBP', unitPriceMinor: new Map(lines.map(({ sku }) => [sku, 100n])) },
});

function toRow(state: OrderState): OrderRow | null {
  if (state.status === 'NEW') return null;
  return {
    status: state.status,
    version: state.version,
    isConfirmed: 'isConfirmed' in state && state.isConfirmed,
    hasHold: 'hasHold' in state && state.hasHold,
  };
}

function factOf(order: string, event: OrderEvent): StatedFact | null {
  switch (event.type) {
    case 'ConfirmationNoted':
      return null;
    case 'OrderCancelled':
      return { type: event.type, about: order, version: event.version, code: event.code };
    case 'OrderPlaced':
    case 'OrderReserved':
    case 'OrderRejected':
    case 'OrderConfirmed':
    case 'OrderShipping':
    case 'OrderDelivered':
      return { type: event.type, about: order, version: event.version };
  }
}
