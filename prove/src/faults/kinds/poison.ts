import { waitUntil } from '@holdfast/servers';
import { jetstream } from '@nats-io/jetstream';
import { headers as newHeaders } from '@nats-io/nats-core';
import type { World } from '../../world/world.ts';
import { NotHealedError, type FaultKind } from '../fault.ts';
import { uuidOf } from '../uuid.ts';

/** Who reads what is put into a stream, and so who has to park it. */
const readers = { ORDERS: 'inventory', INVENTORY: 'orders' } as const;
/** All attempts and the growing pauses between them, 156 s, and some more. */
const ATTEMPTS_MS = 200_000;
const PARKED_WITHIN_MS = 60_000;

interface Poison {
  readonly subject: string;
  readonly type: string;
  readonly payload: string;
  readonly leaveOut?: string;
}

const unreadable: Readonly<Record<keyof typeof readers, readonly [Poison, ...Poison[]]>> = {
  ORDERS: [
    { subject: 'orders.order.placed.v1', type: 'OrderPlaced', payload: '{"orderId":' },
    { subject: 'orders.order.teleported.v1', type: 'OrderTeleported', payload: '{}' },
    { subject: 'orders.order.placed.v2', type: 'OrderPlaced', payload: '{}' },
    { subject: 'orders.order.cancelled.v1', type: 'OrderCancelled', payload: '{}', leaveOut: 'ce-id' },
  ],
  INVENTORY: [
    { subject: 'inventory.reservation.reserved.v1', type: 'StockReserved', payload: 'null' },
    { subject: 'inventory.reservation.reserved.v9', type: 'StockReserved', payload: '{}' },
  ],
};

/**
 * A message that nobody can read, or one about an order that is not there, is put into a stream. It has to be parked, after
 * which it is discarded as an operator would. The one about an unknown order only while there is time for all its attempts.
 */
export const poison: FaultKind = {
  name: 'poison',
  cards: 2,
  needs: () => true,
  draw: (_, random) => {
    const stream = random.pick(['ORDERS', 'INVENTORY'] as const);
    const simple = random.pick(unreadable[stream]);
    const isPatient = stream === 'INVENTORY' && random.chance(0.5);
    const [messageId, orderId, correlationId] = [uuidOf(random), uuidOf(random), uuidOf(random)];
    return {
      target: stream,
      claims: ['nats'],
      detail: { messageIds: [messageId] },
      run: async ({ world, remainingMs, afterwards }) => {
        const isUnknownOrder = isPatient && remainingMs() > ATTEMPTS_MS;
        const message = isUnknownOrder ? aboutUnknownOrder(orderId) : simple;
        await publish(world, message, { messageId, orderId, correlationId });
        const withinMs = PARKED_WITHIN_MS + (isUnknownOrder ? ATTEMPTS_MS : 0);
        afterwards(discardWhenParked(world, readers[stream], messageId, withinMs));
        return { type: message.type, isUnknownOrder };
      },
    };
  },
};

const aboutUnknownOrder = (orderId: string): Poison => ({
  subject: 'inventory.reservation.reserved.v1',
  type: 'StockReserved',
  payload: JSON.stringify({
    orderId,
    version: 1,
    decidedAt: new Date().toISOString(),
    expiresAt: null,
    facilityCount: 1,
  }),
});

async function publish(
  world: World,
  { subject, type, payload, leaveOut }: Poison,
  ids: { readonly messageId: string; readonly orderId: string; readonly correlationId: string },
): Promise<void> {
  const headers = newHeaders();
  const attributes = {
    'Nats-Msg-Id': ids.messageId,
    'ce-specversion': '1.0',
    'ce-id': ids.messageId,
    'ce-type': type,
    'ce-source': `/holdfast/${subject.split('.')[0]}`,
    'ce-subject': ids.orderId,
    'ce-time': new Date().toISOString(),
    'ce-correlationid': ids.correlationId,
  };
  for (const [name, value] of Object.entries(attributes)) if (name !== leaveOut) headers.set(name, value);
  await world.nats.with((_, nats) => jetstream(nats).publish(subject, payload, { headers }));
}

/** By the message's own id in its stored headers, since a message may name no event. */
async function discardWhenParked(
  world: World,
  service: 'orders' | 'inventory',
  messageId: string,
  withinMs: number,
): Promise<void> {
  const isDiscarded = async (): Promise<boolean> => {
    const rows = await world.postgres.query<{ id: string; isOpen: boolean }>(
      service,
      `select id, closed_at is null as "isOpen" from parked where headers::text like '%' || $1 || '%'`,
      [messageId],
    );
    for (const { id, isOpen } of rows) if (isOpen) await discard(world, service, id);
    return rows.length > 0 && rows.every(({ isOpen }) => !isOpen);
  };
  const found = await waitUntil(() => isDiscarded().catch(() => false), { withinMs, everyMs: 1_000 });
  if (found === null)
    throw new NotHealedError(`a poisonous message was not parked by ${service} in ${withinMs} ms`);
}

async function discard(world: World, service: 'orders' | 'inventory', id: string): Promise<void> {
  const query = `mutation ($ids: [ID!]!, $reason: String!) {
    ${service}DiscardParked(ids: $ids, reason: $reason) { problems { message } }
  }`;
  await fetch(world.gatewayUrls[0]!, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { ids: [id], reason: 'put there by a proof' } }),
    signal: AbortSignal.timeout(10_000),
  });
}
