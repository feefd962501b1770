import { orderStatuses } from '@holdfast/messaging/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import type { OrderChange } from './order-change.ts';

/** What every fact about an order holds, whatever its type: all that a subscriber is told of it. */
const orderFact = z.object({
  orderId: z.uuid(),
  version: z.int().min(1),
  from: z.enum(orderStatuses).nullable(),
  to: z.enum(orderStatuses),
});

/** The order that a message is about, without reading its payload; null for none. */
export const orderIdOf = (message: JsMsg): string | null => message.headers?.get('ce-subject') || null;

/** The relay's count of repairs of the stream when it sent the message. */
export const generationOf = (message: JsMsg): number =>
  Number(message.headers?.get('holdfast-generation')) || 0;

/** @throws an Error when the message is no fact about an order. */
export function readOrderFact(message: JsMsg): OrderChange {
  const eventId = z.uuid().parse(message.headers?.get('ce-id'));
  const occurredAt = new Date(message.headers?.get('ce-time') ?? '').toISOString();
  return { ...orderFact.parse(message.json()), eventId, occurredAt };
}
