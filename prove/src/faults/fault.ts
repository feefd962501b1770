import type { FaultDetail } from '../check/history.ts';
import type { Random } from '../load/random.ts';
import type { NatsKind } from '../world/nats-cluster.ts';
import type { World } from '../world/world.ts';

/** What is known of a world before it is there: enough to draw every fault of a run from its seed. */
export interface Site {
  readonly natsKind: NatsKind;
  /** Processes of services, such as `orders-1`. */
  readonly replicas: readonly string[];
  /** Such as `nats-1`. */
  readonly nodes: readonly string[];
  /** Null when servers have disks of their own; else why not. */
  readonly noSmallDisk: string | null;
  readonly faketime: string | null;
}

/** A kind of thing that goes wrong. */
export interface FaultKind {
  readonly name: string;
  /** How many cards it has in each deck after the first, in which every kind has one. */
  readonly cards: number;
  /** True, or why it cannot be had here, in words. */
  needs(site: Site): true | string;
  /** One of its faults, wholly decided. Takes nothing but `site` and `random` into account. */
  draw(site: Site, random: Random): Injection;
}

/** One fault that is to be. */
export interface Injection {
  readonly target: string;
  /** Faults with a claim in common are never at work together: processes by name, `postgres`, `nats`. */
  readonly claims: readonly string[];
  /** Said in the history before anything is done. */
  readonly detail?: FaultDetail;
  /** Does it, lets it last and takes it back; resolves when all is as before, with what is to be known of it. */
  readonly run: (scene: Scene) => Promise<FaultDetail | void>;
}

/** Where a fault happens. */
export interface Scene {
  readonly world: World;
  /** Of the run, while faults are injected. */
  readonly remainingMs: () => number;
  /** Has something looked after when the fault itself is long over; the run waits for it before it looks for rest. */
  readonly afterwards: (chore: Promise<unknown>) => void;
}

/** A fault that could not be taken back in time: what was to become ready did not. */
export class NotHealedError extends Error {
  override readonly name = 'NotHealedError';
}
