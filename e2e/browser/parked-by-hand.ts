import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { waitUntil } from '@holdfast/servers';
import { Client } from 'pg';
import type { System } from '../system.ts';

/**
 * Parks the `OrderPlaced` of an order as inventory's consumer does after its last attempt. Its consumer has to be held,
 * so that it has not handled the fact itself.
 */
export async function parkOrderPlaced(system: System, orderId: string, reason: string): Promise<void> {
  const { nats: natsUrl, inventoryDatabase } = system.runFile.urls;
  const nats = await connect({ servers: natsUrl });
  const database = new Client({ connectionString: inventoryDatabase });
  try {
    const manager = await jetstreamManager(nats);
    const lastPlaced = () => manager.streams.getMessage('ORDERS', { last_by_subj: 'orders.order.placed.v1' });
    await waitUntil(async () => (await lastPlaced())?.header.get('ce-subject') === orderId, {
      withinMs: 10_000,
    });
    const message = (await lastPlaced())!;
    const headers = Object.fromEntries(
      [...message.header.keys()].map((name) => [name, message.header.values(name)]),
    );
    await database.connect();
    await database.query(
      `insert into parked (id, consumer, event_id, event_type, stream, stream_sequence, subject, headers, payload, reason, attempts)
       values ($1, 'inventory-orders', $2, 'OrderPlaced', 'ORDERS', $3, $4, $5, $6, $7, 5)`,
      [
        randomUUID(),
        message.header.get('ce-id'),
        message.seq,
        message.subject,
        JSON.stringify(headers),
        Buffer.from(message.data),
        reason,
      ],
    );
  } finally {
    await database.end();
    await nats.close();
  }
}
