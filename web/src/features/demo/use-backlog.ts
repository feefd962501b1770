import { useState } from 'react';
import { usePolled } from '../../graphql/use-polled.ts';
import { noBacklog, withPoint, type Backlog } from './backlog.ts';
import { DemoBacklogDocument, DemoOutboxDocument } from './demo.generated.ts';

const READ_EVERY_MS = 1_000;
const KEPT_POINTS = 240;
const CONSUMER = 'inventory-orders';

export interface BacklogReading {
  readonly backlog: Backlog;
  readonly pending: number | null;
  readonly outbox: number | null;
  readonly pausedUntil: string | null;
  readonly readAt: number | null;
  readonly everyMs: number;
  readonly isFailing: boolean;
  readonly readAgain: () => void;
}

/** What waits before and behind the stream, once a second: a point for each answer about the consumer. */
export function useBacklog(): BacklogReading {
  const consumers = usePolled(DemoBacklogDocument, {}, READ_EVERY_MS);
  const outboxes = usePolled(DemoOutboxDocument, {}, READ_EVERY_MS);
  const [kept, setKept] = useState<{ readAt: number | null; backlog: Backlog }>({
    readAt: null,
    backlog: noBacklog,
  });
  const consumer =
    consumers.data?.inventoryMessaging?.consumers.find(({ name }) => name === CONSUMER) ?? null;
  const pending = consumer?.pending ?? null;
  const outbox = outboxes.data?.ordersMessaging?.outboxRows ?? null;
  const { readAt } = consumers;

  if (readAt !== null && readAt !== kept.readAt) {
    const point = { second: readAt / 1_000, pending, outbox: outboxes.error === null ? outbox : null };
    setKept({ readAt, backlog: withPoint(kept.backlog, point, KEPT_POINTS) });
  }
  return {
    backlog: kept.backlog,
    pending,
    outbox,
    pausedUntil: consumer?.pausedUntil ?? null,
    readAt,
    everyMs: READ_EVERY_MS,
    isFailing: consumers.error !== null || outboxes.error !== null,
    readAgain: consumers.readAgain,
  };
}
