import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { setImmediate } from 'node:timers/promises';

/** A delivered message that is held until it is settled once: acknowledged, given back or terminated. */
export interface Arrival<Content> {
  readonly message: JsMsg;
  readonly content: Content;
  ack(): void;
  /** To be delivered again, now or after a delay, to any replica. */
  giveBack(delayMs?: number): void;
  /** Never to be delivered again. */
  terminate(): void;
}

export interface ArrivalsOptions<Content> {
  /** Decodes a message when it arrives, while the database still works on the batch before it. */
  readonly read: (message: JsMsg) => Content;
  /** Messages to hold beside those that were taken. */
  readonly prefetch: number;
  readonly ackWaitMs: number;
}

/** The messages that a pull consumer delivers, until they end. */
export interface Arrivals<Content> {
  /** What has arrived, at most `limit`, in the order of arrival; waits for the first one. Empty when the arrivals have ended. */
  take(limit: number): Promise<readonly Arrival<Content>[]>;
  /** Why no more comes: stopped, or what was noticed about the consumer. Resolves at the end. */
  readonly ended: Promise<string>;
  /** Stops pulling and gives back what was not taken. Safe to repeat. */
  stop(reason: string): void;
}

/** What the client says without ever throwing it: each means that the consumer has to be looked at and opened again. */
const endings = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found', 'heartbeats_missed']);

/** A message is kept from redelivery for so many ack waits, and no longer: another replica may then have it. */
const ackWaitsHeld = 20;

/**
 * Holds what an open `consume()` delivers. While a message is held its ack wait is extended. A full hold stops the
 * pulling, because the client asks for more only when its iterator is read.
 */
export function holdArrivals<Content>(
  messages: ConsumerMessages,
  { read, prefetch, ackWaitMs }: ArrivalsOptions<Content>,
): Arrivals<Content> {
  const held = new Map<JsMsg, number>();
  let waiting: Arrival<Content>[] = [];
  const ending = new AbortController();
  const isEnded = (): boolean => ending.signal.aborted;
  let arrived = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string>();

  const settle = (message: JsMsg, how: () => void): void => {
    if (held.delete(message)) how();
  };
  const hold = (message: JsMsg): Arrival<Content> => {
    held.set(message, performance.now() + ackWaitsHeld * ackWaitMs);
    return {
      message,
      content: read(message),
      ack: () => settle(message, () => message.ack()),
      giveBack: (delayMs) => settle(message, () => message.nak(delayMs)),
      terminate: () => settle(message, () => message.term()),
    };
  };

  const extending = setInterval(() => {
    const now = performance.now();
    for (const [message, until] of held) if (now < until) message.working();
    if (isEnded() && held.size === 0) clearInterval(extending);
  }, ackWaitMs / 3);
  extending.unref();

  const stop = (reason: string): void => {
    if (isEnded()) return;
    ending.abort();
    messages.stop();
    for (const arrival of waiting) arrival.giveBack();
    waiting = [];
    arrived.resolve();
    room.resolve();
    ended.resolve(reason);
  };

  const pump = async (): Promise<void> => {
    for await (const message of messages) {
      if (isEnded()) {
        message.nak();
        continue;
      }
      waiting.push(hold(message));
      arrived.resolve();
      while (waiting.length >= prefetch && !isEnded()) await room.promise;
    }
  };
  const watch = async (): Promise<void> => {
    for await (const notice of messages.status()) if (endings.has(notice.type)) stop(notice.type);
  };
  pump().then(
    () => stop('closed'),
    (error: unknown) => stop(String(error)),
  );
  void watch();

  return {
    ended: ended.promise,
    stop,
    take: async (limit) => {
      while (waiting.length === 0 && !isEnded()) {
        arrived = Promise.withResolvers();
        await arrived.promise;
        // The rest of what came in the same read belongs to the same batch.
        await setImmediate();
      }
      const taken = waiting.splice(0, limit);
      room.resolve();
      room = Promise.withResolvers();
      return taken;
    },
  };
}
