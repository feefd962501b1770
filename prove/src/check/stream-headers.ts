import { AckPolicy, DeliverPolicy, jetstream, type JetStreamManager } from '@nats-io/jetstream';
import { nanos, nuid, type NatsConnection } from '@nats-io/nats-core';
import type { StreamRow } from './snapshot-rows.ts';

/** A stream's messages did not come although they are there. */
export class StreamUnreadableError extends Error {
  override readonly name = 'StreamUnreadableError';
}

const messagesAtOnce = 5_000;
const fetchWithinMs = 10_000;

/** The headers of all messages that a stream has now; later ones are left out. */
export async function* streamHeaders(
  nats: NatsConnection,
  manager: JetStreamManager,
  stream: string,
): AsyncGenerator<StreamRow> {
  const { state } = await manager.streams.info(stream);
  if (state.messages === 0) return;
  const name = `prove-${nuid.next()}`;
  await manager.consumers.add(stream, {
    name,
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    headers_only: true,
    mem_storage: true,
    inactive_threshold: nanos(60_000),
  });
  try {
    const consumer = await jetstream(nats).consumers.get(stream, name);
    for (let reached = 0; reached < state.last_seq;) {
      const before = reached;
      const messages = await consumer.fetch({ max_messages: messagesAtOnce, expires: fetchWithinMs });
      for await (const message of messages) {
        reached = message.seq;
        if (message.seq > state.last_seq) return;
        const header = (key: string): string | null => message.headers?.get(key) || null;
        yield {
          sequence: message.seq,
          subject: message.subject,
          messageId: header('Nats-Msg-Id'),
          eventId: header('ce-id')?.toLowerCase() ?? null,
        };
        if (reached === state.last_seq) return;
      }
      if (reached === before)
        throw new StreamUnreadableError(
          `stream ${stream} gave nothing after message ${reached} of ${state.last_seq}`,
        );
    }
  } finally {
    await manager.consumers.delete(stream, name).catch(() => false); // It goes away by itself, too.
  }
}
