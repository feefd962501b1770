import { jetstreamManager } from '@nats-io/jetstream';
import { millis, type NatsConnection } from '@nats-io/nats-core';
import { heldUntil } from './consumer-hold.ts';
import { inboxRetentionMs } from './inbox.ts';
import {
  consumers,
  ensureConsumer,
  ensureStream,
  requireStream,
  streams,
  type ConsumerName,
  type StreamName,
  type TopologySettings,
} from './topology.ts';
import type { Context } from './contracts/contracts.ts';
import type { MessagingSettings } from './settings.ts';

/** The inbox would forget a fact that its stream still holds and may deliver again. */
export class RetentionError extends Error {
  override readonly name = 'RetentionError';
}

/**
 * Creates what is missing of a consumer and its stream. A consumer that is new begins with the stream's first message. With
 * `provision: 'wait'` it creates no stream, and rejects with StreamAwaitedError while there is none.
 * Rejects with RetentionError when the stream keeps messages as long as the inbox or longer.
 */
export async function ensurePosition(
  nats: NatsConnection,
  name: ConsumerName,
  settings: Partial<Pick<MessagingSettings, 'provision' | keyof TopologySettings>>,
  rememberedMs = inboxRetentionMs,
): Promise<void> {
  const context = contextOf(consumers[name].stream);
  const isOthers = settings.provision === 'wait';
  const { config } = await (isOthers ? requireStream(nats, context) : ensureStream(nats, context, settings));
  if (config.max_age === 0 || millis(config.max_age) >= rememberedMs) {
    throw new RetentionError(
      `${config.name} keeps messages for ${millis(config.max_age)} ms (0: for good), the inbox ${rememberedMs} ms`,
    );
  }
  await ensureConsumer(nats, name, settings, { keepsSettings: isOthers });
}

/** Where a consumer stands in its stream. */
export interface ConsumerPosition {
  /** It was delivered messages that the stream does not have (any more): the stream lost its tail. */
  readonly isAhead: boolean;
  /**
   * The last sequence that was delivered, when its server says that no more is there and the stream has more for it: its
   * leader then stands on a copy of the stream that does not catch up. Null when all is well. What is stored at this very
   * moment looks so too, and a lookup may be answered by the copy that is behind: only the same answer at a later look counts.
   */
  readonly stalledAt: number | null;
}

export async function readPosition(nats: NatsConnection, name: ConsumerName): Promise<ConsumerPosition> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const { stream, filter } = consumers[name];
  // In this order: messages that are stored and delivered in between do not look like a lost tail.
  const { delivered, num_pending } = await manager.consumers.info(stream, name);
  const { state } = await manager.streams.info(stream);
  const isAhead = delivered.stream_seq > state.last_seq;
  if (num_pending > 0 || delivered.stream_seq >= state.last_seq) return { isAhead, stalledAt: null };
  const next = await manager.direct.getMessage(stream, {
    seq: delivered.stream_seq + 1,
    next_by_subj: filter,
  });
  return { isAhead, stalledAt: next === null ? null : delivered.stream_seq };
}

/**
 * Makes a consumer anew, `tailHorizonMs` before the stream's last message, or before the first that is not acknowledged when
 * that is older: what is delivered a second time the inbox absorbs, and what was never handled is not skipped. No clock but
 * the stream's own counts: one of a service that is wrong could begin behind what has to come again. A hold goes on.
 */
export async function remakeConsumer(
  nats: NatsConnection,
  name: ConsumerName,
  settings: TopologySettings & { readonly tailHorizonMs: number },
): Promise<void> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const { stream, filter } = consumers[name];
  const info = await manager.consumers.info(stream, name);
  const { ack_floor } = info;
  const unacknowledged = await manager.direct.getMessage(stream, {
    seq: ack_floor.stream_seq + 1,
    next_by_subj: filter,
  });
  const { state } = await manager.streams.info(stream);
  const lastAtMs = Date.parse(state.last_ts);
  const oldestAtMs = Math.min(lastAtMs, unacknowledged?.time.getTime() ?? Infinity);
  await manager.consumers.delete(stream, name);
  await ensureConsumer(nats, name, settings, {
    ...(state.messages === 0 ? {} : { from: new Date(oldestAtMs - settings.tailHorizonMs) }),
    heldUntil: heldUntil(info),
  });
}

const contextOf = (stream: StreamName): Context =>
  (Object.keys(streams) as Context[]).find((context) => streams[context] === stream)!;
