import type { Client, CombinedError } from 'urql';
import { onEnd, pipe, subscribe } from 'wonka';
import { isFinal } from '../../ui/order-status.tsx';
import {
  emptyTimeline,
  gaplessVersion,
  isBehind,
  knownStatus,
  withReading,
  withStep,
  type OrderTimeline,
} from './order-timeline.ts';
import {
  OrderStepsDocument,
  TrackOrderDocument,
  type OrderStepsSubscription,
  type TrackedOrderFragment,
} from './tracked-order.generated.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

export interface FollowedOrder {
  readonly timeline: OrderTimeline<TrackedOrderFragment>;
  /** Why the latest reading failed or was not whole; null when it was. */
  readonly error: CombinedError | null;
  /** No such order, or one of somebody else. */
  readonly isUnknown: boolean;
}

/** An order that is followed until it is let go. */
export interface Following {
  /** Reads it again at once. */
  read(): void;
  /** Puts in line what an answer to a command said of the order. */
  adopt(reading: TrackedOrderFragment): void;
  stop(): void;
}

/**
 * Follows one order by its changes from the first on, and reads it again for as long as what was read is behind what is
 * known. Neither a lost connection nor a service that is away ends it; the waits between attempts grow up to 5 seconds.
 */
export function followOrder(
  client: Client,
  orderId: string,
  tell: (followed: FollowedOrder) => void,
): Following {
  let followed: FollowedOrder = { timeline: emptyTimeline, error: null, isUnknown: false };
  let changes: { unsubscribe(): void } | undefined;
  let nextReading: ReturnType<typeof setTimeout> | undefined;
  let nextFollowing: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isStopped = false;
  let readings = 0;
  let failures = 0;

  const isOver = (): boolean => isStopped || followed.isUnknown;
  const set = (next: Partial<FollowedOrder>): void => {
    followed = { ...followed, ...next };
    tell(followed);
  };

  async function read(): Promise<void> {
    clearTimeout(nextReading);
    if (isReading || isOver()) return;
    isReading = true;
    const { data, error } = await client.query(TrackOrderDocument, { orderId }).toPromise();
    isReading = false;
    if (isOver()) return;
    if (data?.order) set({ timeline: withReading(followed.timeline, data.order), error: error ?? null });
    else set(error ? { error } : { isUnknown: true });
    catchUp();
  }

  function catchUp(): void {
    if (isBehind(followed.timeline)) nextReading = setTimeout(() => void read(), growing(readings++));
    else readings = 0;
  }

  function follow(): void {
    const again = (): void => {
      if (changes !== running) return;
      changes = undefined;
      running.unsubscribe();
      const status = knownStatus(followed.timeline);
      if (isOver() || (status !== null && isFinal(status))) return;
      nextFollowing = setTimeout(follow, growing(failures++));
    };
    const variables = { orderId, after: gaplessVersion(followed.timeline) };
    const running = pipe(
      client.subscription(OrderStepsDocument, variables),
      onEnd(again),
      subscribe(({ data, error }) => {
        if (data) take(data.orderStatusChanged);
        else if (error) again();
      }),
    );
    changes = running;
  }

  function take({ eventId: id, version, to: status, occurredAt }: Change): void {
    failures = 0;
    const timeline = withStep(followed.timeline, { id, version, status, occurredAt });
    if (timeline !== followed.timeline) set({ timeline });
    if (!isBehind(timeline)) return;
    readings = 0;
    void read();
  }

  void read();
  follow();
  return {
    read: () => void read(),
    adopt: (order) => {
      set({ timeline: withReading(followed.timeline, order) });
      catchUp();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(nextReading);
      clearTimeout(nextFollowing);
      changes?.unsubscribe();
    },
  };
}

type Change = OrderStepsSubscription['orderStatusChanged'];

const growing = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));
