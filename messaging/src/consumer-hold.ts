import { jetstreamManager, type ConsumerInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { describeError } from './errors.ts';
import { consumers, type ConsumerName } from './topology.ts';

/** NATS did not answer. What it was asked for may be done all the same: its state says so once it answers again. */
export class NatsAwayError extends Error {
  override readonly name = 'NatsAwayError';
}

const holdDeadlineMs = 2_000;

/**
 * Holds a durable consumer, on the server and so for all replicas, until an instant by the server's clock: nothing more is
 * delivered, what was delivered may still be handled and acknowledged, and the hold ends by itself. Null ends one at once.
 * Resolves with when it ends, null when it is not held. The latest call decides. Rejects with NatsAwayError.
 */
export async function holdConsumer(
  nats: NatsConnection,
  name: ConsumerName,
  until: Date | null,
): Promise<Date | null> {
  try {
    const manager = await jetstreamManager(nats, { checkAPI: false, timeout: holdDeadlineMs });
    const { stream } = consumers[name];
    const { paused, pause_until: endsAt } = await (until === null
      ? manager.consumers.resume(stream, name)
      : manager.consumers.pause(stream, name, until));
    return paused && endsAt !== undefined ? new Date(endsAt) : null;
  } catch (error) {
    throw new NatsAwayError(`NATS did not hold ${name}: ${describeError(error)}`, { cause: error });
  }
}

/** Until when a consumer is held; null when it is not. */
export const heldUntil = ({ paused, config }: ConsumerInfo): Date | null =>
  paused === true && config.pause_until !== undefined ? new Date(config.pause_until) : null;
