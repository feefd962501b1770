export interface SnapshotOptions {
  readonly folder: string;
  readonly ordersDatabaseUrl: string;
  readonly inventoryDatabaseUrl: string;
  /** Several with commas between. */
  readonly natsUrl: string;
  /** How long all may take to come to rest. */
  readonly restWithinMs: number;
}

export interface Rest {
  readonly isAtRest: boolean;
  readonly tookMs: number;
  /** What was still under way at the end, in words. */
  readonly waiting: readonly string[];
}

/**
 * Waits until all is at rest, or `restWithinMs`; then writes what the checker reads of both databases and of the streams
 * into `snapshot/` of the folder, a JSON object a line. To be called after all faults are healed and the load has settled.
 * Replaces an earlier snapshot. Changes nothing of the system. Rejects when a database or NATS does not answer.
 */
export async function takeSnapshot(_options: SnapshotOptions): Promise<Rest> {
  return Promise.reject(new Error('not there yet'));
}
