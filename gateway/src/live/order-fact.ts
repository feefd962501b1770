import { decodeFact } from '@holdfast/messaging';
import type { JsMsg } from '@nats-io/jetstream';
import type { OrderChange } from './order-change.ts';

/** The order that a message is about, without reading its payload; null for none. An order's id needs no percent-encoding. */
export const orderIdOf = (message: JsMsg): string | null => message.headers?.get('ce-subject') || null;

/** @throws an Error when the message is no fact about an order that this version can read. */
export function readOrderFact(message: JsMsg): OrderChange {
  const { subject, headers, data } = message;
  const { stream, deliveryCount } = message.info;
  const delivery = { stream, sequence: message.seq, deliveryCount };
  const fact = decodeFact({ subject, headers, data }, delivery);
  if (!('to' in fact.data)) throw new Error(`${fact.type} is no change of an order`);
  const { orderId, version, from, to } = fact.data;
  return { orderId, version, from, to, eventId: fact.eventId, occurredAt: fact.occurredAt.toISOString() };
}
