import { useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import type { OrderStatus } from '../../graphql/schema.generated.ts';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import { followOrder, type FollowedOrder, type Following } from './follow-order.ts';
import { emptyTimeline, knownStatus, knownVersion, type OrderStep } from './order-timeline.ts';
import type { TrackedOrderFragment } from './tracked-order.generated.ts';

export type TrackedOrder = TrackedOrderFragment;

export interface Tracking {
  /** The latest reading; null until the first. Its status may be a moment behind `status`. */
  readonly order: TrackedOrder | null;
  /** Status and version after the latest change that is known; null and 0 until anything is. */
  readonly status: OrderStatus | null;
  readonly version: number;
  /** Each change once, in order of version. */
  readonly steps: readonly OrderStep[];
  /** Why the latest reading failed or lacks something; it is tried again by itself. */
  readonly error: CombinedError | null;
  readonly isUnknown: boolean;
  readonly readAgain: () => void;
  /** Takes over what an answer to a command said of the order. */
  readonly adopt: (order: TrackedOrder) => void;
}

const nothing: FollowedOrder = { timeline: emptyTimeline, error: null, isUnknown: false };

/**
 * One order, live. Readings and changes are joined by version, so that a reload, a lost connection or a restart on the
 * other side loses no step and shows none twice.
 */
export function useTrackedOrder(orderId: string): Tracking {
  const client = useUncachedClient();
  const following = useRef<Following | null>(null);
  const [followed, setFollowed] = useState(nothing);
  useEffect(() => {
    setFollowed(nothing);
    const started = followOrder(client, orderId, setFollowed);
    following.current = started;
    return () => started.stop();
  }, [client, orderId]);

  const { timeline, error, isUnknown } = followed;
  return {
    order: timeline.reading,
    status: knownStatus(timeline),
    version: knownVersion(timeline),
    steps: timeline.steps,
    error,
    isUnknown,
    readAgain: () => following.current?.read(),
    adopt: (order) => following.current?.adopt(order),
  };
}
