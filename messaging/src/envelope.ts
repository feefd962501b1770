import { headers as newHeaders, type MsgHdrs } from '@nats-io/nats-core';
import { z } from 'zod';
import { aggregateIdOf, contracts, isFactType, subjectParts, type FactType } from './contracts/contracts.ts';
import type { Delivery, Fact, ReceivedFact } from './facts.ts';

/** The most bytes that a fact's data may have as JSON. */
export const maxFactBytes = 256 * 1024;

/** The relay's count of tail repairs, on every message. */
export const generationHeader = 'holdfast-generation';

/** A fact as it stands in the journal: its data as the JSON text that was stored. */
export interface StatedFact extends Omit<Fact, 'data' | 'type'> {
  readonly type: FactType;
  readonly aggregateId: string;
  readonly json: string;
}

export interface EncodedFact {
  readonly subject: string;
  readonly headers: MsgHdrs;
  readonly payload: Uint8Array;
}

/** CloudEvents 1.0 in binary mode: attributes as headers, the data alone as payload. */
export function encodeFact(fact: StatedFact, generation: number): EncodedFact {
  const headers = newHeaders();
  const { context } = subjectParts(fact.type);
  const attributes: Record<string, string | null> = {
    'Nats-Msg-Id': fact.eventId,
    'ce-specversion': '1.0',
    'ce-id': fact.eventId,
    'ce-type': fact.type,
    'ce-source': sourceOf(context),
    'ce-subject': percentEncode(fact.aggregateId),
    'ce-time': fact.occurredAt.toISOString(),
    'ce-correlationid': fact.correlationId,
    'ce-causationid': fact.causationId,
    'ce-traceparent': fact.traceparent,
    'content-type': 'application/json',
    [generationHeader]: String(generation),
  };
  for (const [name, value] of Object.entries(attributes)) if (value !== null) headers.set(name, value);
  return { subject: contracts[fact.type].subject, headers, payload: new TextEncoder().encode(fact.json) };
}

export type DecodeProblem =
  | 'MISSING_HEADER'
  | 'INVALID_HEADER'
  | 'UNKNOWN_TYPE'
  | 'NEWER_MAJOR'
  | 'WRONG_SUBJECT'
  | 'OVERSIZE'
  | 'BROKEN_JSON'
  | 'SCHEMA_VIOLATION';

/** A message is no fact that this version of the software can read, and trying again will not help. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly problem: DecodeProblem;

  constructor(problem: DecodeProblem, detail: string, options?: ErrorOptions) {
    super(`${problem}: ${detail}`, options);
    this.problem = problem;
  }
}

export interface RawMessage {
  readonly subject: string;
  readonly headers?: MsgHdrs | undefined;
  readonly data: Uint8Array;
}

/** Parses and validates a message from a stream; throws DecodeError, which says what is wrong with it. */
export function decodeFact(message: RawMessage, delivery: Delivery): ReceivedFact {
  const attributes = readAttributes(message.headers);
  const type = attributes['ce-type'];
  if (!isFactType(type))
    throw new DecodeError('UNKNOWN_TYPE', `no contract has the type ${JSON.stringify(type)}`);
  checkSubject(message.subject, type);
  const envelope = parseEnvelope(attributes, type);
  const data = parseData(message.data, type);
  if (aggregateIdOf(data) !== envelope.aggregateId) {
    throw new DecodeError(
      'INVALID_HEADER',
      'ce-subject is not the id of the aggregate that the data is about',
    );
  }
  const { aggregateId: _, ...stated } = envelope;
  return { ...stated, type, data, delivery } as ReceivedFact;
}

/** The generation that a message was published in; 0 for a message without. */
export function generationOf(headers: MsgHdrs | undefined): number {
  const generation = Number(headers?.get(generationHeader));
  return Number.isSafeInteger(generation) ? generation : 0;
}

const required = [
  'ce-specversion',
  'ce-id',
  'ce-type',
  'ce-source',
  'ce-subject',
  'ce-time',
  'ce-correlationid',
] as const;
const optional = ['ce-causationid', 'ce-traceparent'] as const;
type Attributes = Record<(typeof required)[number], string> &
  Record<(typeof optional)[number], string | null>;

function readAttributes(headers: MsgHdrs | undefined): Attributes {
  const missing = required.filter((name) => !headers?.get(name));
  if (missing.length > 0) throw new DecodeError('MISSING_HEADER', missing.join(', '));
  const names = [...required, ...optional];
  return Object.fromEntries(names.map((name) => [name, headers!.get(name) || null])) as Attributes;
}

function checkSubject(subject: string, type: FactType): void {
  const expected = contracts[type].subject;
  if (subject === expected) return;
  const { major } = subjectParts(type);
  const prefix = expected.slice(0, -`v${major}`.length);
  const found = subject.startsWith(prefix) ? /^v(\d+)$/.exec(subject.slice(prefix.length)) : null;
  if (found !== null && Number(found[1]) > major) {
    throw new DecodeError(
      'NEWER_MAJOR',
      `${type} is known up to version ${major}, this is version ${found[1]}`,
    );
  }
  throw new DecodeError('WRONG_SUBJECT', `${type} came on ${subject} instead of ${expected}`);
}

const envelopeSchema = z.object({
  'ce-specversion': z.literal('1.0'),
  'ce-id': z.uuid(),
  'ce-source': z.string(),
  'ce-time': z.iso.datetime({ offset: true }),
  'ce-correlationid': z.uuid(),
  'ce-causationid': z.uuid().nullable(),
});

function parseEnvelope(attributes: Attributes, type: FactType): Omit<StatedFact, 'json' | 'type'> {
  const parsed = envelopeSchema.safeParse(attributes);
  if (!parsed.success) throw new DecodeError('INVALID_HEADER', describe(parsed.error));
  const source = sourceOf(subjectParts(type).context);
  if (parsed.data['ce-source'] !== source)
    throw new DecodeError('INVALID_HEADER', `ce-source is not ${source}`);
  return {
    eventId: parsed.data['ce-id'].toLowerCase(),
    aggregateId: percentDecode(attributes['ce-subject']),
    occurredAt: new Date(parsed.data['ce-time']),
    correlationId: parsed.data['ce-correlationid'],
    causationId: parsed.data['ce-causationid'],
    traceparent: attributes['ce-traceparent'],
  };
}

function parseData(payload: Uint8Array, type: FactType): Fact['data'] {
  if (payload.length > maxFactBytes) {
    throw new DecodeError('OVERSIZE', `${payload.length} bytes, at most ${maxFactBytes} are allowed`);
  }
  const parsed = contracts[type].schema.safeParse(parseJson(payload));
  if (!parsed.success) throw new DecodeError('SCHEMA_VIOLATION', describe(parsed.error));
  return parsed.data;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    throw new DecodeError('BROKEN_JSON', (error as Error).message, { cause: error });
  }
}

const sourceOf = (context: string): string => `/holdfast/${context}`;

const describe = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');

/** As the CloudEvents HTTP binding, section 3.1.3.2: all but printable ASCII, and space, double quote and percent. */
const percentEncode = (text: string): string => text.replace(/[^!#$&-~]+/g, encodeURIComponent);

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new DecodeError('INVALID_HEADER', 'ce-subject is not percent-encoded', { cause: error });
  }
}
