import { defaultTopologySettings, type TopologySettings } from './topology.ts';

/**
 * Who makes streams and consumers: the service itself (`self`), or a job before it. With `wait` a service waits for the streams
 * and never changes them; of its own consumers it makes only those that are missing, and remakes them after a repair.
 */
export type Provision = 'self' | 'wait';

/** How one service sends and receives; every one has a default. */
export interface MessagingSettings extends TopologySettings {
  readonly provision: Provision;
  /** Most messages in one transaction. */
  readonly batchSize: number;
  /** Runs alone before a message is parked. */
  readonly maxAttempts: number;
  /** How often a run that failed because the database went away under it is not counted as an attempt. */
  readonly mostExcuses: number;
  /** Wait before the second attempt, the third, and so on; the last one repeats. */
  readonly retryDelaysMs: readonly number[];
  /** How long a relay may publish without renewing its lease, by the database's clock. */
  readonly leaseMs: number;
  /** How long an outbox row is kept after its ack, and how far back a consumer that is made anew begins. */
  readonly tailHorizonMs: number;
  /** Time between two looks at whether the stream lost its tail. */
  readonly tailCheckMs: number;
}

export const defaultMessagingSettings: MessagingSettings = {
  ...defaultTopologySettings,
  provision: 'self',
  batchSize: 100,
  maxAttempts: 5,
  mostExcuses: 20,
  retryDelaysMs: [1_000, 5_000, 30_000, 120_000],
  leaseMs: 5_000,
  tailHorizonMs: 15 * 60_000,
  tailCheckMs: 10_000,
};
