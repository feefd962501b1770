import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type ConsumerInfo,
  type JetStreamManager,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/nats-core';
import type { Context } from './contracts/contracts.ts';
import { saysConsumerMissing, saysStreamMissing } from './nats-errors.ts';

const streamMaxAgeMs = 14 * 24 * 60 * 60 * 1000;
const duplicateWindowMs = 10 * 60 * 1000;
const oldestServer = '2.15.0';

/** The stream that carries each context's facts: all subjects that begin with the context's name. */
export const streams = { orders: 'ORDERS', inventory: 'INVENTORY' } as const satisfies Record<
  Context,
  string
>;
export type StreamName = (typeof streams)[Context];

/** Every durable consumer: the stream it reads and the part of its subjects that it wants. */
export const consumers = {
  'inventory-orders': { stream: 'ORDERS', filter: 'orders.>' },
  'orders-reservations': { stream: 'INVENTORY', filter: 'inventory.reservation.>' },
  'orders-catalogue': { stream: 'INVENTORY', filter: 'inventory.product.>' },
} as const satisfies Record<string, { stream: StreamName; filter: string }>;
export type ConsumerName = keyof typeof consumers;

/** Who runs a durable consumer: its name begins with its service's. */
export const ownerOf = (name: ConsumerName): Context =>
  (Object.keys(streams) as Context[]).find((context) => name.startsWith(`${context}-`))!;

/** What every gateway process reads, with a consumer of its own that the server forgets after it. */
export const liveOrders = { stream: 'ORDERS', filter: 'orders.order.>' } as const satisfies {
  stream: StreamName;
  filter: string;
};

/** The plain (not durable) subject on which inventory publishes stock levels as they are. */
export const liveStockSubject = 'live.inventory.stock';

export interface TopologySettings {
  /** Copies of each stream, 1 to 5. */
  readonly streamReplicas: number;
  /** A full stream refuses new messages; -1 for no limit. */
  readonly streamMaxBytes: number;
  /** After this long without an ack a message is delivered again. */
  readonly ackWaitMs: number;
  /** Messages that one consumer may have delivered and not yet acknowledged. */
  readonly maxAckPending: number;
}

export const defaultTopologySettings: TopologySettings = {
  streamReplicas: 1,
  streamMaxBytes: -1,
  ackWaitMs: 10_000,
  maxAckPending: 1_000,
};

/** A stream, consumer or server is not as Holdfast needs it and cannot be changed into that; the message names what differs. */
export class TopologyMismatchError extends Error {
  override readonly name = 'TopologyMismatchError';
}

/** A stream that others make is not there yet. */
export class StreamAwaitedError extends Error {
  override readonly name = 'StreamAwaitedError';
}

/**
 * Creates the streams and durable consumers that are missing and updates those that differ. Safe to repeat, and to run
 * from several processes at once. Rejects with TopologyMismatchError when one differs in a way that cannot be changed.
 */
export async function ensureTopology(
  nats: NatsConnection,
  settings: Partial<TopologySettings> = {},
): Promise<void> {
  for (const context of Object.keys(streams) as Context[]) await ensureStream(nats, context, settings);
  for (const name of Object.keys(consumers) as ConsumerName[]) await ensureConsumer(nats, name, settings);
}

/** The stream of one context; returns its state. Repeats and rejects as `ensureTopology`. */
export async function ensureStream(
  nats: NatsConnection,
  context: Context,
  settings: Partial<TopologySettings> = {},
): Promise<StreamInfo> {
  requireServerVersion(nats);
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const wanted = streamConfig(context, { ...defaultTopologySettings, ...settings });
  const existing = await found(manager.streams.info(wanted.name), saysStreamMissing);
  if (existing === null) return manager.streams.add(wanted);
  refuseFixedDifferences(`stream ${wanted.name}`, existing.config, fixedStreamSettings(wanted));
  return differs(existing.config, wanted) ? manager.streams.update(wanted.name, wanted) : existing;
}

/** The state of one context's stream, which somebody else makes. Rejects with StreamAwaitedError while it is not there. */
export async function requireStream(nats: NatsConnection, context: Context): Promise<StreamInfo> {
  requireServerVersion(nats);
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const existing = await found(manager.streams.info(streams[context]), saysStreamMissing);
  if (existing === null) throw new StreamAwaitedError(`stream ${streams[context]} is not there yet`);
  return existing;
}

/**
 * One durable consumer. A new one begins with the stream's first message, or with the first that was stored at
 * `from` or later, and is held until `heldUntil`. An existing one keeps its place, stays held when it is, and keeps its
 * settings too when others decide on them. Repeats and rejects as `ensureTopology`.
 */
export async function ensureConsumer(
  nats: NatsConnection,
  name: ConsumerName,
  settings: Partial<TopologySettings> = {},
  start: ConsumerStart = {},
): Promise<ConsumerInfo> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const { stream, filter } = consumers[name];
  const { ackWaitMs, maxAckPending } = { ...defaultTopologySettings, ...settings };
  const wanted = {
    filter_subject: filter,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxAckPending,
    max_deliver: -1,
  };
  const existing = await found(manager.consumers.info(stream, name), saysConsumerMissing);
  if (existing === null) return createConsumer(manager, name, wanted, start);
  refuseFixedDifferences(`consumer ${name}`, existing.config, { ack_policy: AckPolicy.Explicit });
  if (start.keepsSettings || !differs(existing.config, wanted)) return existing;
  return manager.consumers.update(stream, name, wanted);
}

interface ConsumerStart {
  readonly keepsSettings?: boolean;
  readonly from?: Date;
  readonly heldUntil?: Date | null;
}

const createConsumer = (
  manager: JetStreamManager,
  name: ConsumerName,
  wanted: object,
  { from, heldUntil }: ConsumerStart,
) =>
  manager.consumers.add(consumers[name].stream, {
    ...wanted,
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ...(heldUntil == null ? {} : { pause_until: heldUntil.toISOString() }),
    ...(from === undefined
      ? { deliver_policy: DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: from.toISOString() }),
  });

function streamConfig(
  context: Context,
  settings: TopologySettings,
): Partial<StreamConfig> & { name: string } {
  return {
    name: streams[context],
    subjects: [`${context}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_age: nanos(streamMaxAgeMs),
    max_bytes: settings.streamMaxBytes,
    max_msgs: -1,
    max_msgs_per_subject: -1,
    duplicate_window: nanos(duplicateWindowMs),
    num_replicas: settings.streamReplicas,
    deny_purge: true,
    allow_direct: true,
  };
}

const fixedStreamSettings = (wanted: Partial<StreamConfig>): Partial<StreamConfig> => ({
  storage: wanted.storage!,
  retention: wanted.retention!,
});

function refuseFixedDifferences<Config extends object>(
  what: string,
  existing: Config,
  fixed: Partial<Config>,
): void {
  for (const [key, wanted] of Object.entries(fixed)) {
    const present = existing[key as keyof Config];
    if (present !== wanted) {
      throw new TopologyMismatchError(
        `${what} has ${key} ${JSON.stringify(present)} and needs ${JSON.stringify(wanted)}, which cannot be changed`,
      );
    }
  }
}

function differs<Config extends object>(existing: Config, wanted: Partial<Config>): boolean {
  return Object.entries(wanted).some(
    ([key, value]) => JSON.stringify(existing[key as keyof Config]) !== JSON.stringify(value),
  );
}

function requireServerVersion(nats: NatsConnection): void {
  const version = nats.info?.version ?? 'unknown';
  if (version.localeCompare(oldestServer, 'en', { numeric: true }) < 0 || version === 'unknown') {
    throw new TopologyMismatchError(`nats-server is ${version} and needs to be ${oldestServer} or newer`);
  }
}

async function found<Value>(
  lookup: Promise<Value>,
  saysMissing: (error: unknown) => boolean,
): Promise<Value | null> {
  try {
    return await lookup;
  } catch (error) {
    if (saysMissing(error)) return null;
    throw error;
  }
}
