import { encodeFact, ensureTopology, streams, type FactType } from '@holdfast/messaging';
import type { OrderStatus } from '@holdfast/messaging/contracts';
import { waitUntil } from '@holdfast/servers';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { OrderChange } from '../live/order-change.ts';

const contents: Record<OrderStatus, { type: FactType; data: object }> = {
  PENDING: {
    type: 'OrderPlaced',
    data: {
      customerId: 'local',
      reference: null,
      destination: { country: 'GB', latitude: 52.6, longitude: -1.1 },
      total: { amount: '10.00', currencyCode: 'GBP' },
      lines: [{ sku: 'A', quantity: 1 }],
    },
  },
  RESERVED: { type: 'OrderReserved', data: { facilityCount: 1, decidedAt: '2026-01-01T00:00:00.000Z' } },
  REJECTED: {
    type: 'OrderRejected',
    data: { reason: 'SHORT', shortages: [{ sku: 'A', requested: 1, available: 0 }] },
  },
  CANCELLED: { type: 'OrderCancelled', data: { code: 'CUSTOMER', reason: null } },
  SHIPPING: { type: 'OrderShipping', data: {} },
  DELIVERED: { type: 'OrderDelivered', data: {} },
};

/** Publishes facts of orders as the relay does. */
export interface FactPublisher {
  readonly nats: NatsConnection;
  createStream(): Promise<void>;
  deleteStream(): Promise<void>;
  /** Resolves when the stream has it; asks again, like the relay, when an ack does not come (a server that comes back). */
  publish(change: OrderChange, generation?: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startFactPublisher(natsUrl: string): Promise<FactPublisher> {
  const nats = await connect({ servers: natsUrl, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  return {
    nats,
    createStream: () => ensureTopology(nats),
    deleteStream: async () => {
      const manager = await jetstreamManager(nats, { checkAPI: false });
      await manager.streams.delete(streams.orders);
    },
    publish: async ({ orderId, eventId, version, from, to, occurredAt }, generation = 0) => {
      const { type, data } = to === from ? { type: 'OrderConfirmed' as const, data: {} } : contents[to];
      const fact = encodeFact(
        {
          eventId,
          type,
          aggregateId: orderId,
          occurredAt: new Date(occurredAt),
          correlationId: eventId,
          causationId: null,
          traceparent: null,
          json: JSON.stringify({ orderId, version, from, to, ...data }),
        },
        generation,
      );
      const options = { headers: fact.headers, msgID: eventId, timeout: 1_000 };
      const failures: unknown[] = [];
      const isAcked = (): Promise<boolean> =>
        jetstream(nats)
          .publish(fact.subject, fact.payload, options)
          .then(
            () => true,
            (failure: unknown) => {
              failures.push(failure);
              return false;
            },
          );
      if (!(await waitUntil(isAcked, { withinMs: 20_000 }))) throw failures.at(-1);
    },
    stop: () => nats.close(),
  };
}
