import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database, Tx } from './database.ts';

/** The right to publish one service's facts; one relay has it at a time. */
export interface RelayLease {
  /** Raised with every new owner and every repair: what was begun in an older epoch no longer counts. */
  readonly epoch: number;
  /** The count of tail repairs. */
  readonly generation: number;
  /** Whether it is certain that nobody else may publish now. Asks no one: a process that was frozen finds it false at once. */
  isHeld(): boolean;
  /** Begins a new epoch and generation; rejects with LeaseLostError when it has another owner meanwhile. */
  raiseGeneration(): Promise<void>;
  /** Stops renewing it and gives it to who asks next. After the connection that it published on was closed. */
  release(): Promise<void>;
}

/** What the database says of the lease: who may publish, by its clock. */
export interface RelayStatus {
  /** The process that has it, or had it until it stopped renewing; null when it was given back, or none ever had it. */
  readonly owner: string | null;
  readonly epoch: number;
  readonly generation: number;
  /** Null when there is no owner. */
  readonly leaseExpiresAt: Date | null;
}

export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/**
 * Takes the lease when it is free or expired by the database's clock, else returns null. It is renewed three times in
 * its time until it is released.
 *
 * The local deadline counts from before the statement that set the expiry was sent, on the monotonic clock: so it is
 * over before the expiry in the database is, whatever the two clocks read.
 */
export async function acquireLease(database: Database, leaseMs: number): Promise<RelayLease | null> {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const askedAt = performance.now();
  const taken = await takeLease(database, owner, leaseMs);
  return taken === null
    ? null
    : holdLease(database, owner, leaseMs, { ...taken, heldUntil: askedAt + leaseMs });
}

interface Term {
  epoch: number;
  generation: number;
}

function holdLease(
  database: Database,
  owner: string,
  leaseMs: number,
  term: Term & { heldUntil: number },
): RelayLease {
  const renew = async () => {
    const askedAt = performance.now();
    const isStillMine = await renewLease(database, owner, leaseMs);
    term.heldUntil = isStillMine ? askedAt + leaseMs : 0;
  };
  // A renewal that fails is no news: the deadline passes by itself, and the next renewal may come before it does.
  const renewal = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
  return {
    get epoch() {
      return term.epoch;
    },
    get generation() {
      return term.generation;
    },
    isHeld: () => performance.now() < term.heldUntil,
    raiseGeneration: async () => {
      Object.assign(term, await raiseGeneration(database, owner));
    },
    release: async () => {
      clearInterval(renewal);
      await releaseLease(database, owner);
    },
  };
}

interface LeaseRow {
  epoch: string;
  generation: string;
}

async function takeLease(database: Database, owner: string, leaseMs: number): Promise<Term | null> {
  const { rows } = await sql<LeaseRow>`
    update relay_lease
    set owner = ${owner}, epoch = epoch + 1,
        expires_at = clock_timestamp() + ${leaseMs}::double precision * interval '1 millisecond'
    where expires_at < clock_timestamp()
    returning epoch, generation`.execute(database.read);
  return toTerm(rows);
}

async function renewLease(database: Database, owner: string, leaseMs: number): Promise<boolean> {
  const result = await sql`
    update relay_lease set expires_at = clock_timestamp() + ${leaseMs}::double precision * interval '1 millisecond'
    where owner = ${owner}`.execute(database.read);
  return result.numAffectedRows === 1n;
}

async function raiseGeneration(database: Database, owner: string): Promise<Term> {
  const { rows } = await sql<LeaseRow>`
    update relay_lease set epoch = epoch + 1, generation = generation + 1
    where owner = ${owner}
    returning epoch, generation`.execute(database.read);
  const term = toTerm(rows);
  if (term === null) throw new LeaseLostError('another relay took the lease');
  return term;
}

async function releaseLease(database: Database, owner: string): Promise<void> {
  await sql`update relay_lease set owner = null, expires_at = '-infinity' where owner = ${owner}`.execute(
    database.read,
  );
}

export async function relayStatus(tx: Tx): Promise<RelayStatus> {
  const { rows } = await sql<LeaseRow & { owner: string | null; expires_at: Date | null }>`
    select owner, epoch, generation, nullif(expires_at, '-infinity') as expires_at from relay_lease`.execute(
    tx,
  );
  const { owner, epoch, generation, expires_at: leaseExpiresAt } = rows[0]!;
  return { owner, epoch: Number(epoch), generation: Number(generation), leaseExpiresAt };
}

const toTerm = ([row]: readonly LeaseRow[]): Term | null =>
  row === undefined ? null : { epoch: Number(row.epoch), generation: Number(row.generation) };
