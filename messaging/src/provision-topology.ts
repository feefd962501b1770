import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import { connectNats, type NatsConnectOptions } from './connection.ts';
import { describeError } from './errors.ts';
import { ensureTopology, TopologyMismatchError, type TopologySettings } from './topology.ts';

/** A cluster that has just been started has elected its leaders long before. */
const patienceMs = 5 * 60_000;
const longestPauseMs = 2_000;

/** NATS, or JetStream in it, was not ready in time; the message says what was last in the way. */
export class NatsNotReadyError extends Error {
  override readonly name = 'NatsNotReadyError';
}

/**
 * Makes and updates all streams and consumers, as `ensureTopology`, and waits for a NATS that is only just starting: one that is
 * not reached, has no leader yet or not yet enough servers for the replicas. Safe to repeat. Rejects with NatsNotReadyError
 * after 5 minutes of that, at once with TopologyMismatchError or a refusal that time does not mend, and when `signal` is aborted.
 */
export async function provisionTopology(
  options: Omit<NatsConnectOptions, 'name' | 'reconnect'>,
  settings: Partial<TopologySettings>,
  withinMs = patienceMs,
): Promise<void> {
  const { log } = options;
  const late = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([options.signal, late]);
  let inTheWay = 'no server was reached';
  try {
    const nats = await connectNats({ ...options, name: 'topology', signal });
    try {
      for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
        try {
          return await ensureTopology(nats, settings);
        } catch (error) {
          if (!mayPass(error)) throw error;
          inTheWay = describeError(error);
          log.warn({ event: 'jetstream-awaited', error: inTheWay });
        }
        await delay(pauseMs, undefined, { signal });
      }
    } finally {
      await nats.close();
    }
  } catch (error) {
    if (!late.aborted || options.signal.aborted) throw error;
    throw new NatsNotReadyError(`NATS was not ready within ${withinMs} ms: ${inTheWay}`, { cause: error });
  }
}

/** By the names of nats-server: incomplete, no suitable peers, not available, not leader, stream and consumer offline. */
const passingCodes: ReadonlySet<number> = new Set([10004, 10005, 10008, 10009, 10118, 10119]);

/** Silence, nobody who answers, and what JetStream says before it has leaders and peers. */
function mayPass(error: unknown): boolean {
  if (error instanceof TopologyMismatchError) return false;
  if (error instanceof JetStreamApiError) return passingCodes.has(error.code);
  return !(error instanceof errors.PermissionViolationError) && !isViolation(error);
}

const isViolation = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof errors.PermissionViolationError;
