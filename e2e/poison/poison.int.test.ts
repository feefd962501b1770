import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@holdfast/servers';
import { aSku, anOrder, placeOrder, watch } from '../orders.ts';
import { System } from '../system.ts';

const envelope = (parts: Record<string, string | null> = {}): Record<string, string | null> => {
  const id = randomUUID();
  return {
    'Nats-Msg-Id': id,
    'ce-specversion': '1.0',
    'ce-id': id,
    'ce-type': 'OrderPlaced',
    'ce-source': '/holdfast/orders',
    'ce-subject': randomUUID(),
    'ce-time': new Date().toISOString(),
    'ce-correlationid': randomUUID(),
    ...parts,
  };
};

describe('messages published by hand that nobody can read', () => {
  let system: System;
  let nats: NatsConnection;
  beforeAll(async () => {
    system = await System.start();
    nats = await connect({ servers: system.runFile.urls.nats });
  }, 180_000);
  afterAll(async () => {
    await nats?.close();
    await system?.remove();
  });

  const parkedReasons = async (): Promise<string[]> => {
    const { data } = await system.ask<{
      inventoryMessaging: { parked: { edges: { node: { reason: string } }[] } };
    }>('{ inventoryMessaging { parked { edges { node { reason } } } } }');
    return data.inventoryMessaging.parked.edges.map(({ node }) => node.reason);
  };

  it('are parked with their reasons, and the next order is RESERVED within 5 s', async () => {
    const publish = async (subject: string, attributes: Record<string, string | null>, payload = '{}') => {
      const messageHeaders = headers();
      for (const [name, value] of Object.entries(attributes))
        if (value !== null) messageHeaders.set(name, value);
      await jetstream(nats).publish(subject, payload, { headers: messageHeaders });
    };
    await publish('orders.order.teleported.v1', envelope({ 'ce-type': 'OrderTeleported' }));
    await publish('orders.order.placed.v2', envelope());
    await publish('orders.order.placed.v1', envelope(), '{"orderId":');
    await publish('orders.order.placed.v1', envelope({ 'ce-id': null }));

    const { order } = await placeOrder(system, anOrder(await aSku(system)));
    const changes = await watch(system, order!.id, 0, 2, 5_000);
    expect(changes.map(({ to }) => to)).toEqual(['PENDING', 'RESERVED']);

    await waitUntil(async () => (await parkedReasons()).length === 4, { withinMs: 10_000 });
    const reasons = await parkedReasons();
    for (const problem of ['UNKNOWN_TYPE', 'NEWER_MAJOR', 'BROKEN_JSON', 'MISSING_HEADER']) {
      expect(reasons).toContainEqual(expect.stringContaining(problem));
    }
  });
});
