import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from './contracts/contracts.ts';
import type { Database } from './database.ts';
import { saysStreamMissing } from './nats-errors.ts';
import { clearKept, readKept, windowFacts, type KeptRow } from './outbox.ts';
import { LeaseLostError, type RelayLease } from './relay-lease.ts';
import { streams } from './topology.ts';

/** More than a window, so that a chunk of which all is present cannot all have been stored after a rewind. */
const scanChunkRows = 2 * windowFacts;
const lookupsAtOnce = 64;
const clearChunkRows = 10_000;
const replicaLagMs = 500;

/** Whether the stream still holds the message of the highest sequence that was acknowledged. One or two requests. */
export async function isTailPresent(
  nats: NatsConnection,
  database: Database,
  context: Context,
): Promise<boolean> {
  const newest = await readKept(database, Number.MAX_SAFE_INTEGER, 1);
  if (newest.length === 0) return true;
  const stream = await openStream(nats, context);
  return (await lostAmong(stream, newest)).length === 0;
}

export interface TailRepair {
  /** The lowest sequence whose message the stream has lost. */
  readonly firstLostSequence: number;
  /** Facts to be published again. */
  readonly clearedRows: number;
}

/**
 * Looks whether the stream was rewound, which shows in messages of kept sequences that are missing or have other ids.
 * If it was, begins a new generation and makes every fact from the first lost one on unpublished again; returns null if
 * not. Looks at least down to the sequence `suspect`. Nothing may be published meanwhile. Safe to repeat after a crash at any point: what
 * was not yet cleared is still lost, and found again.
 */
export async function repairTail(
  nats: NatsConnection,
  database: Database,
  context: Context,
  lease: RelayLease,
  suspect: number,
): Promise<TailRepair | null> {
  const firstLostSequence = await findFirstLost(await openStream(nats, context), database, suspect);
  if (firstLostSequence === null) return null;
  await lease.raiseGeneration();
  let clearedRows = 0;
  for (;;) {
    if (!lease.isHeld()) throw new LeaseLostError('the lease ran out during a tail repair');
    const cleared = await clearKept(database, lease.epoch, firstLostSequence, clearChunkRows);
    if (cleared === 0) return { firstLostSequence, clearedRows };
    clearedRows += cleared;
  }
}

/**
 * Scans from the highest kept sequence down, chunk by chunk, and stops at a chunk of which nothing is lost. Bisection
 * would be wrong: a frozen relay may have stored up to a window of facts after the rewind, at sequences among the lost.
 */
async function findFirstLost(stream: Stream, database: Database, suspect: number): Promise<number | null> {
  let firstLost: number | null = null;
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const kept = await readKept(database, below, scanChunkRows);
    const lost = await lostAmong(stream, kept);
    firstLost = lost.at(-1)?.sequence ?? firstLost;
    below = kept.at(-1)?.sequence ?? 0;
    if (kept.length < scanChunkRows || (lost.length === 0 && below <= suspect)) return firstLost;
  }
}

/** Of rows in any order, those whose message is not in the stream, in that order. */
async function lostAmong(stream: Stream, rows: readonly KeptRow[]): Promise<KeptRow[]> {
  const lost = await filterLost(stream, rows);
  const unexplained = lost.some((row) => row.sequence <= stream.lastSequence);
  if (!unexplained) return lost;
  // Any replica may answer a lookup, also one that has not yet stored what the leader has: ask once more.
  await delay(replicaLagMs);
  return filterLost(stream, lost);
}

async function filterLost(stream: Stream, rows: readonly KeptRow[]): Promise<KeptRow[]> {
  const lost: KeptRow[] = [];
  for (let start = 0; start < rows.length; start += lookupsAtOnce) {
    const group = rows.slice(start, start + lookupsAtOnce);
    const isPresent = await Promise.all(group.map((row) => stream.holds(row)));
    lost.push(...group.filter((_, index) => isPresent[index] === false));
  }
  return lost;
}

interface Stream {
  readonly lastSequence: number;
  holds(row: KeptRow): Promise<boolean>;
}

async function openStream(nats: NatsConnection, context: Context): Promise<Stream> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const lastSequence = await lastSequenceOf(manager, streams[context]);
  return {
    lastSequence,
    holds: async ({ sequence, eventId }) => {
      if (sequence > lastSequence) return false;
      const message = await manager.direct.getMessage(streams[context], { seq: sequence });
      return message?.header.get('Nats-Msg-Id') === eventId;
    },
  };
}

/** 0 for a stream that does not exist. */
async function lastSequenceOf(manager: JetStreamManager, stream: string): Promise<number> {
  try {
    return (await manager.streams.info(stream)).state.last_seq;
  } catch (error) {
    if (saysStreamMissing(error)) return 0;
    throw error;
  }
}
