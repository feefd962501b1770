import { describe, expect, it } from '@jest/globals';
import { headers as newHeaders } from '@nats-io/nats-core';
import {
  decodeFact,
  DecodeError,
  encodeFact,
  generationOf,
  maxFactBytes,
  type RawMessage,
} from './envelope.ts';
import { anOrderPlaced } from './testing.ts';

const delivery = { stream: 'ORDERS', sequence: 7, deliveryCount: 1 };

describe('envelope', () => {
  it('gives back the fact that was encoded', () => {
    const fact = { ...anOrderPlaced(), causationId: '0196f2ab-0c00-7000-8000-000000000001' };
    expect(decodeFact(encoded(fact), delivery)).toEqual({ ...fact, delivery });
  });

  it('carries a SKU of any characters in its headers', () => {
    const sku = 'Tasse "Grün" 100%\n🫖';
    const message = encodeFact(
      {
        ...anOrderPlaced(),
        type: 'ProductListed',
        aggregateId: sku,
        json: JSON.stringify({
          sku,
          version: 1,
          name: 'Cup',
          unitPrice: { amount: '1', currencyCode: 'GBP' },
        }),
      },
      0,
    );
    expect(message.headers.get('ce-subject')).toMatch(/^[!-~]+$/);
    expect(decodeFact(raw(message), delivery).data).toMatchObject({ sku });
  });

  it('tells the generation it was published in, and 0 for a message without', () => {
    expect(generationOf(encoded(anOrderPlaced(), 3).headers)).toBe(3);
    expect(generationOf(undefined)).toBe(0);
  });

  it.each<[string, (message: Mutable) => void]>([
    ['MISSING_HEADER', (message) => (message.headers = undefined)],
    ['MISSING_HEADER', (message) => message.headers!.delete('ce-correlationid')],
    ['INVALID_HEADER', (message) => message.headers!.set('ce-id', 'no-uuid')],
    ['INVALID_HEADER', (message) => message.headers!.set('ce-time', 'yesterday')],
    ['INVALID_HEADER', (message) => message.headers!.set('ce-source', '/holdfast/inventory')],
    ['INVALID_HEADER', (message) => message.headers!.set('ce-subject', 'another-order')],
    ['INVALID_HEADER', (message) => message.headers!.set('ce-subject', '%E0%A4%A')],
    ['UNKNOWN_TYPE', (message) => message.headers!.set('ce-type', 'OrderTeleported')],
    ['UNKNOWN_TYPE', (message) => message.headers!.set('ce-type', 'constructor')],
    ['NEWER_MAJOR', (message) => (message.subject = 'orders.order.placed.v2')],
    ['WRONG_SUBJECT', (message) => (message.subject = 'orders.order.cancelled.v1')],
    ['OVERSIZE', (message) => (message.data = new Uint8Array(maxFactBytes + 1))],
    ['BROKEN_JSON', (message) => (message.data = new TextEncoder().encode('{"orderId":'))],
    ['BROKEN_JSON', (message) => (message.data = new Uint8Array([0x22, 0xff, 0x22]))],
    ['SCHEMA_VIOLATION', (message) => (message.data = new TextEncoder().encode('{"orderId":"x"}'))],
    ['SCHEMA_VIOLATION', (message) => (message.data = new TextEncoder().encode('null'))],
  ])('refuses a damaged message as %s', (problem, damage) => {
    const message: Mutable = encoded(anOrderPlaced());
    damage(message);
    expect(thrownBy(() => decodeFact(message, delivery))).toMatchObject({ name: 'DecodeError', problem });
  });

  it('refuses a message that is published by hand without any header of ours', () => {
    const message = { subject: 'orders.order.placed.v1', headers: newHeaders(), data: new Uint8Array() };
    expect(() => decodeFact(message, delivery)).toThrow(DecodeError);
  });
});

type Mutable = { -readonly [Key in keyof RawMessage]: RawMessage[Key] };

const raw = ({ subject, headers, payload }: ReturnType<typeof encodeFact>): Mutable => ({
  subject,
  headers,
  data: payload,
});

const encoded = (fact: ReturnType<typeof anOrderPlaced>, generation = 0) =>
  raw(encodeFact({ ...fact, aggregateId: fact.data.orderId, json: JSON.stringify(fact.data) }, generation));

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
