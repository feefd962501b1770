import type { JsMsg } from '@nats-io/jetstream';
import { headers as newHeaders, type MsgHdrs } from '@nats-io/nats-core';
import { isFactType } from './contracts/contracts.ts';
import { decodeFact, DecodeError, generationOf, type RawMessage } from './envelope.ts';
import type { Delivery, ReceivedFact } from './facts.ts';
import { handledFacts } from './handled-facts.ts';
import type { ParkedMessage } from './parked.ts';
import type { ConsumerName } from './topology.ts';

/** What a message is to one consumer: a fact for its handler, a fact of a type it leaves alone, or nothing it can read. */
export type MessageContent = { readonly generation: number } & (
  | { readonly kind: 'fact'; readonly fact: ReceivedFact }
  | { readonly kind: 'unwanted' }
  | { readonly kind: 'unreadable'; readonly reason: string }
);

/** Decodes and validates a delivered message, once; never throws. */
export function readMessage(consumer: ConsumerName, message: JsMsg): MessageContent {
  const { stream, streamSequence, deliveryCount } = message.info;
  const generation = generationOf(message.headers);
  return {
    generation,
    ...readContent(consumer, message, { stream, sequence: streamSequence, deliveryCount }),
  };
}

/** As `readMessage`, for a message from the database. */
export const readParked = (consumer: ConsumerName, parked: ParkedMessage) =>
  readContent(
    consumer,
    { subject: parked.subject, headers: headersOf(parked.headers), data: parked.payload },
    { stream: parked.stream, sequence: parked.streamSequence, deliveryCount: parked.attempts + 1 },
  );

type Readable = { [Kind in MessageContent['kind']]: Omit<MessageContent & { kind: Kind }, 'generation'> };

function readContent(
  consumer: ConsumerName,
  message: RawMessage,
  delivery: Delivery,
): Readable[keyof Readable] {
  const type = message.headers?.get('ce-type') ?? '';
  if (isFactType(type) && !handledFacts[consumer].has(type)) return { kind: 'unwanted' };
  try {
    return { kind: 'fact', fact: decodeFact(message, delivery) };
  } catch (error) {
    // Anything else that a message makes the decoder throw is no reason to read it a second time either.
    return { kind: 'unreadable', reason: error instanceof DecodeError ? error.message : String(error) };
  }
}

/** A delivered message as it is parked, with whatever it says of itself. */
export function parkedForm(
  consumer: ConsumerName,
  message: JsMsg,
  reason: string,
  attempts: number,
): ParkedMessage {
  return {
    consumer,
    eventId: message.headers?.get('ce-id') || null,
    eventType: message.headers?.get('ce-type') || null,
    stream: message.info.stream,
    streamSequence: message.info.streamSequence,
    subject: message.subject,
    headers: Object.fromEntries(message.headers ?? []),
    payload: message.data,
    reason,
    attempts,
  };
}

function headersOf(record: ParkedMessage['headers']): MsgHdrs {
  const headers = newHeaders();
  for (const [name, values] of Object.entries(record))
    for (const value of values) headers.append(name, value);
  return headers;
}
