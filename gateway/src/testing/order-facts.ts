import type { OrderStatus } from '@holdfast/messaging/contracts';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import type { OrderChange } from '../live/order-change.ts';

const subjects: Record<OrderStatus, string> = {
  PENDING: 'placed',
  RESERVED: 'reserved',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
  SHIPPING: 'shipping',
  DELIVERED: 'delivered',
};

/** Publishes facts of orders as the relay does. */
export interface FactPublisher {
  readonly nats: NatsConnection;
  createStream(): Promise<void>;
  deleteStream(): Promise<void>;
  /** Resolves when the stream has it. */
  publish(change: OrderChange, generation?: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startFactPublisher(natsUrl: string): Promise<FactPublisher> {
  const nats = await connect({ servers: natsUrl, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const manager = () => jetstreamManager(nats, { checkAPI: false });
  return {
    nats,
    createStream: async () => {
      await (await manager()).streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
    },
    deleteStream: async () => {
      await (await manager()).streams.delete('ORDERS');
    },
    publish: async ({ orderId, eventId, version, from, to, occurredAt }, generation = 0) => {
      const envelope = headers();
      envelope.set('ce-id', eventId);
      envelope.set('ce-subject', orderId);
      envelope.set('ce-time', occurredAt);
      envelope.set('holdfast-generation', String(generation));
      const data = JSON.stringify({ orderId, version, from, to });
      await jetstream(nats).publish(`orders.order.${subjects[to]}.v1`, data, {
        headers: envelope,
        msgID: eventId,
      });
    },
    stop: () => nats.close(),
  };
}
