import { generationOf, liveOrders } from '@holdfast/messaging';
import type { Logger } from '@holdfast/service';
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
  type ConsumerConfig,
  type ConsumerMessages,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderChange } from './order-change.ts';
import { orderIdOf, readOrderFact } from './order-fact.ts';

const { stream: STREAM, filter: SUBJECTS } = liveOrders;
const INACTIVE_MS = 5 * 60_000;
/** How far back a repaired stream may have been filled again, as the relays' tail horizon. */
const TAIL_HORIZON_MS = 15 * 60_000;
const RETRY_MS = 500;
const IDLE_HEARTBEAT_MS = 5_000;
/** What makes the consumer worth making anew; other notices of the client mend themselves. */
const interruptions: ReadonlySet<string> = new Set([
  'heartbeats_missed',
  'consumer_not_found',
  'consumer_deleted',
  'stream_not_found',
  'no_responders',
]);

export interface OrderStreamListener {
  isHeard(orderId: string): boolean;
  tell(change: OrderChange): void;
  /** The consumer was made anew: something may have been missed before. */
  onCreated(): void;
}

/**
 * The one consumer of this process on the stream of orders: named, without acks, forgotten by the server five minutes
 * after this process. States: waiting (no connection) → creating → reading → creating, after a stall, a reconnect, a
 * consumer or stream that is gone, or a repair of the stream. It begins after the last message it read, or the tail
 * horizon ago when the stream does not reach that far any more or was repaired.
 */
export class OrderStream {
  readonly #listener: OrderStreamListener;
  readonly #log: Logger;
  readonly #name = `gateway-${randomUUID()}`;
  readonly #stopped = new AbortController();
  #startAt = new Date();
  #lastSequence = 0;
  #generation: number | null = null;
  #nats: NatsConnection | undefined;
  #messages: ConsumerMessages | undefined;
  #running: Promise<void> | undefined;

  constructor(listener: OrderStreamListener, log: Logger) {
    this.#listener = listener;
    this.#log = log;
  }

  /** To be called at every connect: the consumer is then made anew. */
  connected(nats: NatsConnection): void {
    this.#nats = nats;
    this.#interrupt('connected');
    this.#running ??= this.#run();
  }

  /** Makes the consumer anew when the stream ends before what it has already read. */
  async checkForRewind(): Promise<void> {
    if (!this.#nats || this.#nats.isClosed() || !this.#messages) return;
    const manager = await jetstreamManager(this.#nats, { checkAPI: false });
    const { state } = await manager.streams.info(STREAM);
    if (state.last_seq < this.#lastSequence) this.#interrupt('rewound');
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#interrupt('stopped');
    await this.#running;
  }

  #interrupt(reason: string): void {
    if (this.#messages) this.#log.info({ event: 'order-stream-interrupted', reason });
    this.#messages?.stop();
    this.#messages = undefined;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    let said = '';
    while (!signal.aborted) {
      try {
        await this.#read(await this.#create(this.#nats!));
        said = '';
      } catch (error) {
        if (said !== String(error)) this.#log.warn({ event: 'order-stream-away', err: error });
        said = String(error);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    await this.#delete().catch(() => undefined);
  }

  async #create(nats: NatsConnection): Promise<ConsumerMessages> {
    const manager = await jetstreamManager(nats, { checkAPI: false });
    const { state } = await manager.streams.info(STREAM);
    if (state.last_seq < this.#lastSequence) this.#startOver();
    await this.#delete().catch(() => undefined);
    await manager.consumers.add(STREAM, {
      name: this.#name,
      filter_subject: SUBJECTS,
      ack_policy: AckPolicy.None,
      inactive_threshold: nanos(INACTIVE_MS),
      mem_storage: true,
      ...this.#begin(),
    });
    const consumer = await jetstream(nats).consumers.get(STREAM, this.#name);
    const messages = await consumer.consume({ max_messages: 1_000, idle_heartbeat: IDLE_HEARTBEAT_MS });
    this.#log.info({ event: 'order-stream-reading', consumer: this.#name, ...this.#begin() });
    this.#listener.onCreated();
    return messages;
  }

  async #read(messages: ConsumerMessages): Promise<void> {
    if (this.#stopped.signal.aborted) return messages.stop();
    this.#messages = messages;
    this.#watch(messages).catch((error: unknown) =>
      this.#log.warn({ event: 'order-stream-unwatched', err: error }),
    );
    for await (const message of messages) {
      if (this.#messages !== messages) return;
      this.#hear(message);
    }
  }

  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (interruptions.has(type) && this.#messages === messages) this.#interrupt(type);
    }
  }

  #hear(message: JsMsg): void {
    this.#lastSequence = message.seq;
    const generation = generationOf(message.headers);
    if (this.#generation !== null && generation > this.#generation) this.#startOver();
    this.#generation = Math.max(generation, this.#generation ?? 0);
    const orderId = orderIdOf(message);
    if (orderId === null || !this.#listener.isHeard(orderId)) return;
    try {
      this.#listener.tell(readOrderFact(message));
    } catch (error) {
      this.#log.warn({ event: 'order-fact-unreadable', sequence: message.seq, err: error });
    }
  }

  /** The stream was filled again from some place on: what stands there now may be what this process never saw. */
  #startOver(): void {
    this.#lastSequence = 0;
    this.#startAt = new Date(Date.now() - TAIL_HORIZON_MS);
    this.#interrupt('repaired');
  }

  #begin(): Partial<ConsumerConfig> {
    return this.#lastSequence > 0
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.#lastSequence + 1 }
      : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: this.#startAt.toISOString() };
  }

  async #delete(): Promise<void> {
    if (!this.#nats || this.#nats.isClosed()) return;
    const manager = await jetstreamManager(this.#nats, { checkAPI: false });
    await manager.consumers.delete(STREAM, this.#name);
  }
}
